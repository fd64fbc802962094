import { ExpressionError } from '../error.ts';
import type { Runtime } from '../runtime.ts';
import { FORMAT_CHARACTER } from '../value/price.ts';

/**
 * How many lengths a token of luxon's formats can match. luxon reads texts with a host regular expression it builds
 * from the format, so these multiply: `z/z/z/z` on a text of slashes would take minutes.
 */
const WIDTHS: Readonly<Record<string, number>> = {
  S: 3,
  u: 9,
  s: 2,
  m: 2,
  h: 2,
  H: 2,
  d: 2,
  o: 3,
  L: 2,
  M: 2,
  y: 6,
  yy: 3,
  yyyy: 3,
  kk: 3,
  kkkk: 3,
  W: 2,
  x: 15,
  X: 15,
  Z: 4,
  ZZ: 2,
  z: 256,
};
/** A letter alone that stands for a whole localised format. */
const MACRO = /^(D{1,4}|[tT]{1,4}|[fF]{1,4})$/;
const MACRO_WAYS = 64;

/** A date with a localised pattern, a time and a zone stays far below. */
const MAX_WAYS = 1_000_000;
/** Longer texts are no dates, longer formats no formats. */
const MAX_TEXT = 1_000;

/** Tokens as luxon cuts them: runs of one letter, outside quotes. */
function* tokens(format: string): Generator<string> {
  for (const [token] of format.replaceAll(/'[^']*'/g, ' ').matchAll(/([A-Za-z])\1*/g)) yield token;
}

/** In how many ways a text may be read by a format. @throws ExpressionError for what would make the host's engine backtrack. */
export function waysToRead(text: string, format: string): number {
  if (text.length > MAX_TEXT || format.length > MAX_TEXT) {
    throw new ExpressionError('limit', `A date and its format have at most ${MAX_TEXT} characters`);
  }
  let ways = 1;
  for (const token of tokens(format)) {
    ways *= MACRO.test(token) ? MACRO_WAYS : Object.hasOwn(WIDTHS, token) ? (WIDTHS[token] ?? 1) : 1;
  }
  if (ways > MAX_WAYS) {
    throw new ExpressionError(
      'argument',
      `The date format '${format.slice(0, 40)}' can be read in too many ways: use fixed widths, such as MM for M`,
    );
  }
  return ways;
}

/** Refuses what would make the host's engine backtrack, and pays for the rest. */
export function checkReading(rt: Runtime, text: string, format: string): void {
  const ways = waysToRead(text, format);
  rt.charge(200 + format.length * FORMAT_CHARACTER + Math.ceil(ways / 100));
}

/** Pays for a date made text by a format. */
export function payWriting(rt: Runtime, format: string): void {
  rt.room(format.length * 8);
  rt.charge(40 + format.length * FORMAT_CHARACTER);
}
