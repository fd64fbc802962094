import { DateTime, type DateTimeFormatOptions } from 'luxon';
import { dateExtensions } from '../extensions/date.ts';
import type { Runtime } from '../runtime.ts';
import { toNum } from '../value/coerce.ts';
import { dateText, dayText, parseDate, timeText } from '../value/date-text.ts';
import { rangeFault } from '../value/error-value.ts';
import { mergeTables, methods } from '../value/method.ts';
import { INTL, priced } from '../value/price.ts';
import { intlOptions, localeOf } from './intl.ts';

// "Local" time of a Date is UTC, as in n8n's own container: a result must not depend on the machine's zone.

function intl(rt: Runtime, date: Date, args: readonly unknown[], fallback: DateTimeFormatOptions): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  rt.charge(INTL);
  const given = intlOptions(args[1]) as DateTimeFormatOptions;
  const names = Object.keys(given).filter(
    (name) => !['timeZone', 'hour12', 'hourCycle', 'timeZoneName'].includes(name),
  );
  const options = { timeZone: 'UTC', ...(names.length > 0 ? {} : fallback), ...given };
  return new Intl.DateTimeFormat(localeOf(rt, args[0]), options).format(date);
}

const dateStyle: DateTimeFormatOptions = { year: 'numeric', month: 'numeric', day: 'numeric' };
const timeStyle: DateTimeFormatOptions = { hour: 'numeric', minute: 'numeric', second: 'numeric' };

const iso = (date: Date): string => {
  if (Number.isNaN(date.getTime())) throw rangeFault('Invalid time value');
  return date.toISOString();
};

type Parts = 'FullYear' | 'Month' | 'Date' | 'Hours' | 'Minutes' | 'Seconds' | 'Milliseconds';
const PARTS: readonly Parts[] = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];

/** `getX`/`getUTCX`/`setX`/`setUTCX` are the same four lines seven times. */
function partMethods(): Record<string, (rt: Runtime, self: Date, args: readonly unknown[]) => unknown> {
  const table: Record<string, (rt: Runtime, self: Date, args: readonly unknown[]) => unknown> = {};
  for (const part of PARTS) {
    const get = (_rt: Runtime, date: Date): number => date[`getUTC${part}`]();
    const set = (rt: Runtime, date: Date, args: readonly unknown[]): number => {
      const [a = NaN, ...rest] = args.map((arg) => toNum(rt, arg));
      return (date[`setUTC${part}`] as (a: number, ...rest: number[]) => number).call(date, a, ...rest);
    };
    table[`get${part}`] = get;
    table[`getUTC${part}`] = get;
    table[`set${part}`] = set;
    table[`setUTC${part}`] = set;
  }
  return table;
}

const native = methods<Date>({
  ...partMethods(),
  getDay: (_rt, date) => date.getUTCDay(),
  getTime: (_rt, date) => date.getTime(),
  getTimezoneOffset: () => 0,
  getUTCDay: (_rt, date) => date.getUTCDay(),
  getYear: (_rt, date) => date.getUTCFullYear() - 1900,
  setTime: (rt, date, [ms]) => date.setTime(toNum(rt, ms)),
  toDateString: (_rt, date) => dayText(date),
  toISOString: (_rt, date) => iso(date),
  toJSON: (_rt, date) => (Number.isNaN(date.getTime()) ? null : date.toISOString()),
  toLocaleDateString: (rt, date, args) => intl(rt, date, args, dateStyle),
  toLocaleString: (rt: Runtime, date: Date, args: readonly unknown[]) =>
    intl(rt, date, args, { ...dateStyle, ...timeStyle }),
  toLocaleTimeString: (rt, date, args) => intl(rt, date, args, timeStyle),
  toString: (_rt: Runtime, date: Date) => dateText(date),
  toTimeString: (_rt, date) => timeText(date),
  toUTCString: (_rt, date) => date.toUTCString(),
  toGMTString: (_rt, date) => date.toUTCString(),
  valueOf: (_rt: Runtime, date: Date) => date.getTime(),
});

const PRICES = { diffTo: 120, diffToNow: 120, plus: 40, minus: 40, beginningOf: 40, endOfMonth: 40, toLocaleString: 1 };

export const dateMethods = priced(mergeTables(dateExtensions, native), PRICES, 1);

/** `new Date(...)` and `Date.UTC(...)` share the reading of components. */
export function componentsToMs(rt: Runtime, args: readonly unknown[]): number {
  const [year = NaN, month = 0, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = args.map((arg) => toNum(rt, arg));
  return Date.UTC(year, month, day, hour, minute, second, ms);
}

export function makeDate(rt: Runtime, args: readonly unknown[]): Date {
  if (args.length === 0) return new Date(rt.scope.nowMs);
  if (args.length > 1) return new Date(componentsToMs(rt, args));
  const [value] = args;
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof DateTime) return new Date(value.toMillis());
  if (typeof value === 'string') return new Date(parseDate(value));
  return new Date(toNum(rt, value));
}
