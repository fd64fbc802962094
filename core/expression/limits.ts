/** Steps one evaluation may take. A step is about one call, one loop turn, 64 characters or 8 array elements touched. */
export const FUEL = 1_000_000;
/**
 * Steps all evaluations for one workflow step may take together. Everybody waits meanwhile, and the launcher replaces a
 * process that is silent for six seconds: the dearest steps must fit into less.
 */
export const STEP_FUEL = 10_000_000;
/** Nesting of syntax, of values turned to JSON, and of arrays turned to text. */
export const MAX_DEPTH = 200;
/** Nested calls of functions written in the expression. */
export const MAX_CALL_DEPTH = 200;
/** Syntax depth summed over nested calls: bounds the host stack, whose overflow could not be caught reliably. */
export const MAX_STACK = 2_500;
/** Characters in one string. */
export const MAX_STRING = 10_000_000;
/** Elements in one array, map or set. */
export const MAX_ARRAY = 1_000_000;
/** Characters of one parameter text. */
export const MAX_SOURCE = 200_000;
/** Instructions of one compiled regular expression. */
export const MAX_REGEX_PROGRAM = 20_000;
