import type { Runtime } from '../runtime.ts';
import { MAX_ARRAY } from '../limits.ts';
import { ExpressionError } from '../error.ts';
import { toFunction, toStr } from '../value/coerce.ts';
import type { ErrorValue } from '../value/error-value.ts';
import { methods, type Type } from '../value/method.ts';
import type { Regex } from '../value/regex.ts';
import { matchArray } from './string.ts';

// Maps and sets only ever come from the expression itself, so writing to them needs no copy.

function grow(rt: Runtime, size: number): void {
  rt.charge(1);
  if (size >= MAX_ARRAY) throw new ExpressionError('limit', `A collection has more than ${MAX_ARRAY} elements`);
}

const setOf = (value: unknown): ReadonlySet<unknown> =>
  value instanceof Set ? value : new Set(Array.isArray(value) ? value : []);

export const mapMethods = methods<Map<unknown, unknown>>({
  clear: (_rt, map) => map.clear(),
  delete: (_rt, map, [key]) => map.delete(key),
  entries: (rt, map) => {
    rt.places(map.size);
    return [...map].map(([key, value]) => [key, value]);
  },
  forEach: (rt, map, [fn]) => {
    const call = toFunction(fn);
    for (const [key, value] of map) call.invoke(rt, [value, key, map]);
  },
  get: (rt, map, [key]) => {
    rt.touch(key);
    return map.get(key);
  },
  has: (rt, map, [key]) => {
    rt.touch(key);
    return map.has(key);
  },
  keys: (rt, map) => {
    rt.places(map.size);
    return [...map.keys()];
  },
  set: (rt, map, [key, value]) => {
    rt.touch(key);
    grow(rt, map.size);
    return map.set(key, value);
  },
  values: (rt, map) => {
    rt.places(map.size);
    return [...map.values()];
  },
});

export const setMethods = methods<Set<unknown>>({
  add: (rt, set, [value]) => {
    rt.touch(value);
    grow(rt, set.size);
    return set.add(value);
  },
  clear: (_rt, set) => set.clear(),
  delete: (_rt, set, [value]) => set.delete(value),
  difference: (rt, set, [other]) => {
    rt.places(set.size);
    const gone = setOf(other);
    return new Set([...set].filter((value) => !gone.has(value)));
  },
  entries: (rt, set) => {
    rt.places(set.size);
    return [...set].map((value) => [value, value]);
  },
  forEach: (rt, set, [fn]) => {
    const call = toFunction(fn);
    for (const value of set) call.invoke(rt, [value, value, set]);
  },
  has: (rt, set, [value]) => {
    rt.touch(value);
    return set.has(value);
  },
  intersection: (rt, set, [other]) => {
    rt.places(set.size);
    const kept = setOf(other);
    return new Set([...set].filter((value) => kept.has(value)));
  },
  isDisjointFrom: (rt, set, [other]) => {
    rt.places(set.size);
    const known = setOf(other);
    return [...set].every((value) => !known.has(value));
  },
  isSubsetOf: (rt, set, [other]) => {
    rt.places(set.size);
    const known = setOf(other);
    return [...set].every((value) => known.has(value));
  },
  isSupersetOf: (rt, set, [other]) => {
    const wanted = setOf(other);
    rt.places(wanted.size);
    return [...wanted].every((value) => set.has(value));
  },
  keys: (rt, set) => {
    rt.places(set.size);
    return [...set];
  },
  symmetricDifference: (rt, set, [other]) => {
    const known = setOf(other);
    rt.places(set.size + known.size);
    return new Set([
      ...[...set].filter((value) => !known.has(value)),
      ...[...known].filter((value) => !set.has(value)),
    ]);
  },
  union: (rt, set, [other]) => {
    const all = new Set([...set, ...setOf(other)]);
    rt.places(all.size);
    return all;
  },
  values: (rt, set) => {
    rt.places(set.size);
    return [...set];
  },
});

export const sizeOf = (self: object, key: string): unknown =>
  key === 'size' && (self instanceof Map || self instanceof Set) ? self.size : undefined;

export const regexMembers: Type = {
  methods: methods<Regex>({
    exec: (rt, regex, [value]) => {
      const text = toStr(rt, value);
      const match = regex.exec(rt, text);
      return match ? matchArray(match, text) : null;
    },
    test: (rt, regex, [value]) => regex.exec(rt, toStr(rt, value)) !== undefined,
    toString: (_rt: Runtime, regex: Regex) => regex.toString(),
  }),
  get: (_rt, self, key) => {
    const regex = self as Regex;
    switch (key) {
      case 'source':
        return regex.source;
      case 'flags':
        return regex.flags;
      case 'global':
        return regex.global;
      case 'sticky':
        return regex.sticky;
      case 'ignoreCase':
        return regex.flags.includes('i');
      case 'multiline':
        return regex.flags.includes('m');
      case 'dotAll':
        return regex.flags.includes('s');
      case 'lastIndex':
        return regex.lastIndex;
      default:
        return undefined;
    }
  },
};

export const errorMembers: Type = {
  methods: methods<ErrorValue>({ toString: (rt: Runtime, error: ErrorValue) => toStr(rt, error) }),
  get: (_rt, self, key) => {
    const error = self as ErrorValue;
    if (key === 'message') return error.message;
    if (key === 'name') return error.name;
    return key === 'stack' ? `${error.name}: ${error.message}` : undefined;
  },
};
