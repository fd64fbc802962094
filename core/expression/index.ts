export { analyze, type Analysis } from './analysis/analyze.ts';
export { ExpressionError, type ExpressionErrorCode } from './error.ts';
export { type Member, membersOf } from './members.ts';
export { toJson } from './json.ts';
export { FUEL, MAX_ARRAY, MAX_CALL_DEPTH, MAX_DEPTH, MAX_STRING, STEP_FUEL } from './limits.ts';
export type { NodeRunView, RunView, Scope } from './scope.ts';
export { compileTemplate, type Template } from './template.ts';
