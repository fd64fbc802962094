import { ANY, BOOLEAN, fn, is, list, type Member, type Members, named, NUMBER, STRING, type Type } from './type.ts';

const members = (all: Readonly<Record<string, Member>>): Members => new Map(Object.entries(all));
const STRINGS = list(STRING);

/** What texts can do. */
export const OF_STRING = members({
  length: is(NUMBER),
  at: fn('(index: number)', STRING),
  charAt: fn('(index: number)', STRING),
  concat: fn('(...texts: string[])', STRING),
  endsWith: fn('(text: string)', BOOLEAN),
  includes: fn('(text: string)', BOOLEAN),
  indexOf: fn('(text: string)', NUMBER),
  lastIndexOf: fn('(text: string)', NUMBER),
  localeCompare: fn('(other: string)', NUMBER),
  match: fn('(pattern: RegExp)', STRINGS),
  matchAll: fn('(pattern: RegExp)', list(STRINGS)),
  normalize: fn('()', STRING),
  padEnd: fn('(length: number, fill?: string)', STRING),
  padStart: fn('(length: number, fill?: string)', STRING),
  repeat: fn('(times: number)', STRING),
  replace: fn('(pattern: string | RegExp, by: string | Function)', STRING),
  replaceAll: fn('(pattern: string | RegExp, by: string | Function)', STRING),
  search: fn('(pattern: RegExp)', NUMBER),
  slice: fn('(start?: number, end?: number)', STRING),
  split: fn('(separator: string | RegExp, limit?: number)', STRINGS),
  startsWith: fn('(text: string)', BOOLEAN),
  substring: fn('(start: number, end?: number)', STRING),
  toLowerCase: fn('()', STRING),
  toUpperCase: fn('()', STRING),
  trim: fn('()', STRING),
  trimEnd: fn('()', STRING),
  trimStart: fn('()', STRING),
});

export const OF_NUMBER = members({
  toFixed: fn('(digits?: number)', STRING),
  toLocaleString: fn('(locale?: string, options?: object)', STRING),
  toPrecision: fn('(digits?: number)', STRING),
  toString: fn('(radix?: number)', STRING),
});

/** What lists can do; `of` is what is in them. */
export const ofList = (of: Type): Members =>
  members({
    length: is(NUMBER),
    at: fn('(index: number)', of),
    concat: fn('(...others)', list(of)),
    entries: fn('()', list(ANY)),
    every: fn('(test: (each, index) => boolean)', BOOLEAN),
    filter: fn('(test: (each, index) => boolean)', list(of)),
    find: fn('(test: (each, index) => boolean)', of),
    findIndex: fn('(test: (each, index) => boolean)', NUMBER),
    findLast: fn('(test: (each, index) => boolean)', of),
    flat: fn('(depth?: number)', list(of.kind === 'list' ? of.of : ANY)),
    flatMap: fn('(make: (each, index) => any[])', list(ANY)),
    forEach: fn('(action: (each, index) => void)', ANY),
    includes: fn('(value)', BOOLEAN),
    indexOf: fn('(value)', NUMBER),
    join: fn('(separator?: string)', STRING),
    map: fn('(make: (each, index) => any)', list(ANY)),
    pop: fn('()', of),
    push: fn('(...values)', NUMBER),
    reduce: fn('(step: (sum, each, index) => any, start)', ANY),
    reverse: fn('()', list(of)),
    shift: fn('()', of),
    slice: fn('(start?: number, end?: number)', list(of)),
    some: fn('(test: (each, index) => boolean)', BOOLEAN),
    sort: fn('(order?: (a, b) => number)', list(of)),
    splice: fn('(start: number, count?: number, ...values)', list(of)),
    toReversed: fn('()', list(of)),
    toSorted: fn('(order?: (a, b) => number)', list(of)),
    unshift: fn('(...values)', NUMBER),
  });

/** Methods of a list whose function gets what is in it, and as which parameters. */
export const ELEMENT_PARAMETERS: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    ...Object.fromEntries(
      ['every', 'filter', 'find', 'findIndex', 'findLast', 'flatMap', 'forEach', 'map', 'some'].map((name) => [
        name,
        [0],
      ]),
    ),
    reduce: [1],
    sort: [0, 1],
    toSorted: [0, 1],
  }),
);

/** A luxon DateTime, the part people use. */
const moment: Record<string, Member> = {};
export const DATE_TIME = named('DateTime', moment);
const later = (signature: string): Member => fn(signature, DATE_TIME);
for (const name of ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'weekday', 'quarter']) {
  moment[name] = is(NUMBER);
}
Object.assign(moment, {
  zoneName: is(STRING),
  monthLong: is(STRING),
  weekdayLong: is(STRING),
  isValid: is(BOOLEAN),
  plus: later('(duration: { days?, hours?, minutes?, … })'),
  minus: later('(duration: { days?, hours?, minutes?, … })'),
  startOf: later("(unit: 'day' | 'week' | 'month' | …)"),
  endOf: later("(unit: 'day' | 'week' | 'month' | …)"),
  set: later('(values: { year?, month?, day?, … })'),
  setZone: later('(zone: string)'),
  setLocale: later('(locale: string)'),
  toUTC: later('()'),
  diff: fn("(other: DateTime, unit?: 'days' | …)", named('Duration', {})),
  hasSame: fn('(other: DateTime, unit: string)', BOOLEAN),
  toISO: fn('()', STRING),
  toISODate: fn('()', STRING),
  toFormat: fn('(format: string)', STRING),
  toLocaleString: fn('(options?: object)', STRING),
  toMillis: fn('()', NUMBER),
  toSeconds: fn('()', NUMBER),
  toJSDate: fn('()', named('Date', {})),
  toRelative: fn('()', STRING),
});
(DATE_TIME as { members: Members }).members = members(moment);

const DATE = named('Date', {
  getTime: fn('()', NUMBER),
  getFullYear: fn('()', NUMBER),
  getMonth: fn('()', NUMBER),
  getDate: fn('()', NUMBER),
  getDay: fn('()', NUMBER),
  getHours: fn('()', NUMBER),
  getMinutes: fn('()', NUMBER),
  toISOString: fn('()', STRING),
  toLocaleString: fn('(locale?: string, options?: object)', STRING),
});
const math = ['abs', 'ceil', 'floor', 'round', 'trunc', 'sqrt', 'sign', 'log', 'log2', 'log10'];

/** What the language itself brings, the part people use. */
export const GLOBALS: Members = members({
  DateTime: is(
    named('DateTime', {
      now: fn('()', DATE_TIME),
      local: fn('(year?, month?, day?, …)', DATE_TIME),
      fromISO: fn('(text: string, options?: object)', DATE_TIME),
      fromFormat: fn('(text: string, format: string)', DATE_TIME),
      fromMillis: fn('(ms: number)', DATE_TIME),
      fromSeconds: fn('(seconds: number)', DATE_TIME),
      fromJSDate: fn('(date: Date)', DATE_TIME),
      fromObject: fn('(values: object)', DATE_TIME),
    }),
  ),
  JSON: is(named('JSON', { parse: fn('(text: string)'), stringify: fn('(value, replacer?, indent?)', STRING) })),
  Math: is(
    named('Math', {
      ...Object.fromEntries(math.map((name) => [name, fn('(x: number)', NUMBER)])),
      max: fn('(...values: number[])', NUMBER),
      min: fn('(...values: number[])', NUMBER),
      pow: fn('(base: number, exponent: number)', NUMBER),
      random: fn('()', NUMBER),
      PI: is(NUMBER),
    }),
  ),
  Object: is(
    named('Object', {
      keys: fn('(object)', STRINGS),
      values: fn('(object)', list(ANY)),
      entries: fn('(object)', list(list(ANY))),
      fromEntries: fn('(entries)'),
      assign: fn('(target, ...sources)'),
      groupBy: fn('(items, key: (each) => string)'),
    }),
  ),
  Array: is(named('Array', { from: fn('(iterable, make?)', list(ANY)), isArray: fn('(value)', BOOLEAN) })),
  Number: is(named('Number', { isFinite: fn('(value)', BOOLEAN), isInteger: fn('(value)', BOOLEAN) })),
  Date: is(named('Date', { now: fn('()', NUMBER), parse: fn('(text: string)', NUMBER) })),
  console: is(named('console', { log: fn('(...values)'), warn: fn('(...values)'), error: fn('(...values)') })),
  String: fn('(value)', STRING),
  Boolean: fn('(value)', BOOLEAN),
  parseInt: fn('(text: string, radix?: number)', NUMBER),
  parseFloat: fn('(text: string)', NUMBER),
  encodeURIComponent: fn('(text: string)', STRING),
  decodeURIComponent: fn('(text: string)', STRING),
});

/** What `new` makes. */
export const MADE: ReadonlyMap<string, Type> = new Map([['Date', DATE]]);
