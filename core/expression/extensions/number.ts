import { intlOptions, localeOf } from '../builtins/intl.ts';
import { ExpressionError } from '../error.ts';
import type { Runtime } from '../runtime.ts';
import { toInt } from '../value/coerce.ts';
import { methods } from '../value/method.ts';
import { numberToDateTime } from './date.ts';

function whole(value: number, name: string): number {
  if (!Number.isInteger(value)) throw new ExpressionError('argument', `${name}() needs a whole number`);
  return value;
}

/** Rounds what the number is, as `toFixed` does: 1.005 is a little less than it looks. Half goes away from zero. */
function round(value: number, places: number): number {
  if (!Number.isFinite(value)) return value;
  if (places >= 0) return Number(value.toFixed(places));
  return Math.sign(value) * Number(`${Math.round(Number(`${Math.abs(value)}e${places}`))}e${-places}`);
}

function formatNumber(rt: Runtime, n: number, [locale, options]: readonly unknown[]): string {
  return new Intl.NumberFormat(localeOf(rt, locale), intlOptions(options)).format(n);
}

/** n8n's functions on numbers. */
export const numberExtensions = methods<number>({
  abs: (_rt, n) => Math.abs(n),
  ceil: (_rt, n) => Math.ceil(n),
  floor: (_rt, n) => Math.floor(n),
  format: formatNumber,
  // As n8n documents it: not a test for a missing value.
  isEmpty: (_rt, n) => n === 0 || Number.isNaN(n),
  isEven: (_rt, n) => whole(n, 'isEven') % 2 === 0,
  isInteger: (_rt, n) => Number.isInteger(n),
  isNotEmpty: (_rt, n) => n !== 0 && !Number.isNaN(n),
  isOdd: (_rt, n) => Math.abs(whole(n, 'isOdd')) % 2 === 1,
  round: (rt, n, [places]) => round(n, Math.max(-100, Math.min(100, toInt(rt, places, 0)))),
  toBoolean: (_rt, n) => n !== 0,
  toDateTime: (rt, n, [format]) => numberToDateTime(rt, n, format),
  toFloat: (_rt, n) => n,
  toInt: (_rt, n) => Math.trunc(n),
  toJsonString: (_rt, n) => JSON.stringify(n),
  toNumber: (_rt, n) => n,
});
