import { DateTime } from 'luxon';
import { fromBase64, toBase64 } from '../hash/bytes.ts';
import type { Runtime } from '../runtime.ts';
import { Callable, Namespace, statics } from '../value/callable.ts';
import { clone } from '../value/clone.ts';
import { toInt, toNum, toStr } from '../value/coerce.ts';
import { dateText, parseDate } from '../value/date-text.ts';
import { ErrorValue, typeFault } from '../value/error-value.ts';
import { iterate, iterateLoose } from '../value/iterate.ts';
import { dynamicRegex, Regex } from '../value/regex.ts';
import { componentsToMs, makeDate } from './date.ts';
import { intlNamespace } from './intl-statics.ts';
import { jsonNamespace } from './json.ts';
import { dateTimeNamespace, durationNamespace, intervalNamespace } from './luxon-statics.ts';
import { mathNamespace } from './math.ts';
import { objectNamespace } from './object-statics.ts';
import { searchParamsNamespace, urlNamespace } from './url.ts';

type Native = (rt: Runtime, args: readonly unknown[]) => unknown;

const text = (rt: Runtime, value: unknown): string => (value === undefined ? 'undefined' : toStr(rt, value));

const parse = (name: 'parseInt' | 'parseFloat'): Native =>
  name === 'parseInt'
    ? (rt, [value, radix]) => Number.parseInt(text(rt, value), toInt(rt, radix, 0))
    : (rt, [value]) => Number.parseFloat(text(rt, value));

const coder =
  (how: (value: string) => string): Native =>
  (rt, [value]) => {
    const input = text(rt, value);
    rt.room(input.length * 3);
    return how(input);
  };

const numberStatics = statics({
  isFinite: (_rt, [value]) => Number.isFinite(value),
  isInteger: (_rt, [value]) => Number.isInteger(value),
  isNaN: (_rt, [value]) => Number.isNaN(value),
  isSafeInteger: (_rt, [value]) => Number.isSafeInteger(value),
  parseFloat: parse('parseFloat'),
  parseInt: parse('parseInt'),
});

function makeArray(rt: Runtime, args: readonly unknown[]): unknown[] {
  if (args.length !== 1 || typeof args[0] !== 'number') return [...args];
  const [length] = args;
  if (!Number.isInteger(length) || length < 0) throw typeFault('Invalid array length');
  rt.places(length);
  return Array.from({ length }, () => undefined);
}

function arrayFrom(rt: Runtime, [source, map]: readonly unknown[]): unknown[] {
  const list = [...iterateLoose(rt, source)];
  rt.places(list.length);
  if (map === undefined) return list;
  if (!(map instanceof Callable)) throw typeFault('The argument is not a function');
  return list.map((value, i) => {
    rt.charge(1);
    return map.invoke(rt, [value, i]);
  });
}

const errorNamespace = (name: string): Namespace => {
  const make: Native = (rt, [message]) => new ErrorValue(name, message === undefined ? '' : toStr(rt, message));
  return new Namespace(name, {
    call: make,
    construct: make,
    owns: (value) => value instanceof ErrorValue && (name === 'Error' || value.name === name),
  });
};

const collection = (rt: Runtime, source: unknown): readonly unknown[] =>
  source === undefined || source === null ? [] : iterate(rt, source);

const regexp: Native = (rt, [source, flags]) => {
  if (source instanceof Regex) {
    return dynamicRegex(rt, source.source, flags === undefined ? source.flags : toStr(rt, flags));
  }
  return dynamicRegex(rt, source === undefined ? '' : toStr(rt, source), flags === undefined ? '' : toStr(rt, flags));
};

const namespaces: Namespace[] = [
  mathNamespace,
  jsonNamespace,
  objectNamespace,
  dateTimeNamespace,
  durationNamespace,
  intervalNamespace,
  intlNamespace,
  urlNamespace,
  searchParamsNamespace,
  new Namespace('Array', {
    call: makeArray,
    construct: makeArray,
    owns: Array.isArray,
    members: statics({
      from: arrayFrom,
      isArray: (_rt, [value]) => Array.isArray(value),
      of: (_rt, args) => [...args],
    }),
  }),
  new Namespace('String', {
    call: (rt, args) => (args.length === 0 ? '' : toStr(rt, args[0])),
    construct: (rt, args) => (args.length === 0 ? '' : toStr(rt, args[0])),
    owns: () => false,
    members: statics({
      fromCharCode: (rt, args) => String.fromCharCode(...args.slice(0, 10_000).map((code) => toNum(rt, code))),
      fromCodePoint: (rt, args) => String.fromCodePoint(...args.slice(0, 10_000).map((code) => toNum(rt, code))),
    }),
  }),
  new Namespace('Number', {
    call: (rt, args) => (args.length === 0 ? 0 : toNum(rt, args[0])),
    construct: (rt, args) => (args.length === 0 ? 0 : toNum(rt, args[0])),
    owns: () => false,
    members: {
      ...numberStatics,
      EPSILON: Number.EPSILON,
      MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
      MAX_VALUE: Number.MAX_VALUE,
      MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
      MIN_VALUE: Number.MIN_VALUE,
      NEGATIVE_INFINITY: -Infinity,
      NaN: NaN,
      POSITIVE_INFINITY: Infinity,
    },
  }),
  new Namespace('Boolean', {
    call: (_rt, [value]) => Boolean(value),
    construct: (_rt, [value]) => Boolean(value),
    owns: () => false,
  }),
  new Namespace('Date', {
    call: (rt) => dateText(new Date(rt.scope.nowMs)),
    construct: makeDate,
    owns: (value) => value instanceof Date,
    members: statics({
      UTC: componentsToMs,
      now: (rt) => rt.scope.nowMs,
      parse: (rt, [value]) => (value instanceof DateTime ? value.toMillis() : parseDate(text(rt, value))),
    }),
  }),
  new Namespace('Map', {
    construct: (rt, [source]) => {
      const entries = collection(rt, source).map((entry): [unknown, unknown] => {
        if (!Array.isArray(entry)) throw typeFault('A map needs entries');
        rt.touch(entry[0]);
        return [entry[0], entry[1]];
      });
      rt.places(entries.length * 4);
      return new Map(entries);
    },
    owns: (value) => value instanceof Map,
  }),
  new Namespace('Set', {
    construct: (rt, [source]) => {
      const values = collection(rt, source);
      for (const value of values) rt.touch(value);
      rt.places(values.length * 4);
      return new Set(values);
    },
    owns: (value) => value instanceof Set,
  }),
  new Namespace('RegExp', { call: regexp, construct: regexp, owns: (value) => value instanceof Regex }),
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'URIError'].map(errorNamespace),
];

const functions = statics({
  atob: (rt, [value]) => {
    const input = toStr(rt, value);
    rt.room(input.length);
    return Array.from(fromBase64(input), (byte) => String.fromCharCode(byte)).join('');
  },
  btoa: (rt, [value]) => {
    const input = toStr(rt, value);
    rt.room(input.length * 2);
    if (/[^\0-\xff]/.test(input)) throw typeFault('btoa takes characters up to U+00FF only');
    return toBase64(Uint8Array.from(input, (char) => char.charCodeAt(0)));
  },
  decodeURI: coder(decodeURI),
  decodeURIComponent: coder(decodeURIComponent),
  encodeURI: coder(encodeURI),
  encodeURIComponent: coder(encodeURIComponent),
  isFinite: (rt, [value]) => Number.isFinite(toNum(rt, value)),
  isNaN: (rt, [value]) => Number.isNaN(toNum(rt, value)),
  parseFloat: parse('parseFloat'),
  parseInt: parse('parseInt'),
  structuredClone: (rt, [value]) => clone(rt, value, new Map()),
});

/** Every global there is. A name that is not here does not exist. */
export const GLOBALS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['undefined', undefined],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ...namespaces.map((namespace): [string, unknown] => [namespace.name, namespace]),
  ...Object.entries(functions),
]);
