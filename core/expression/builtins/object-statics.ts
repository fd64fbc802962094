import type { Runtime } from '../runtime.ts';
import { Callable, Namespace, statics } from '../value/callable.ts';
import { toFunction, toKey } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { iterate } from '../value/iterate.ts';
import { define, hasOwn, isPlain, type PlainObject } from '../value/plain.ts';
import { View } from '../value/view.ts';

function entries(rt: Runtime, value: unknown): [string, unknown][] {
  if (value === null || value === undefined) throw typeFault('Cannot convert undefined or null to object');
  if (typeof value === 'string' || Array.isArray(value)) {
    const list = iterate(rt, value);
    rt.places(list.length);
    return list.map((inner, i) => [String(i), inner]);
  }
  if (value instanceof View) return value.keys().map((key) => [key, value.member(rt, key)]);
  if (!isPlain(value)) return [];
  const keys = Object.keys(value);
  rt.places(keys.length);
  return keys.map((key) => [key, value[key]]);
}

/** Without reading the values: a view may have to make them. */
const keys = (rt: Runtime, value: unknown): readonly string[] =>
  value instanceof View ? value.keys() : entries(rt, value).map(([key]) => key);

/** Copies fields into an object the expression itself made. */
export function assignInto(rt: Runtime, target: PlainObject, sources: readonly unknown[]): PlainObject {
  for (const source of sources) {
    if (source === null || source === undefined) continue;
    rt.charge(2);
    for (const [key, value] of entries(rt, source)) define(target, key, value);
  }
  return target;
}

export const objectNamespace = new Namespace('Object', {
  call: (_rt, [value]) => (value === null || value === undefined ? {} : value),
  construct: (_rt, [value]) => (value === null || value === undefined ? {} : value),
  owns: (value) => typeof value === 'object' && value !== null && !(value instanceof Callable),
  members: statics({
    assign: (rt, [target, ...sources]) => {
      rt.mutate();
      if (!isPlain(target) || Object.isFrozen(target)) throw typeFault('Object.assign needs an object');
      return assignInto(rt, target, sources);
    },
    entries: (rt, [value]) => entries(rt, value),
    freeze: (_rt, [value]) => value,
    fromEntries: (rt, [source]) => {
      const out: PlainObject = {};
      for (const entry of iterate(rt, source)) {
        if (!Array.isArray(entry)) throw typeFault('fromEntries needs pairs');
        rt.charge(1);
        define(out, toKey(rt, entry[0]), entry[1]);
      }
      return out;
    },
    getOwnPropertyNames: (rt, [value]) => keys(rt, value),
    groupBy: (rt, [source, by]) => {
      const call = toFunction(by).repeated(rt);
      const groups = new Map<string, unknown[]>();
      iterate(rt, source).forEach((value, i) => {
        rt.charge(1);
        const key = toKey(rt, call(value, i, undefined));
        const known = groups.get(key);
        if (known) known.push(value);
        else groups.set(key, [value]);
      });
      const out: PlainObject = {};
      for (const [key, values] of groups) define(out, key, values);
      return out;
    },
    hasOwn: (rt, [value, key]) => (isPlain(value) || Array.isArray(value) ? hasOwn(value, toKey(rt, key)) : false),
    is: (_rt, [a, b]) => Object.is(a, b),
    keys: (rt, [value]) => keys(rt, value),
    values: (rt, [value]) => entries(rt, value).map(([, inner]) => inner),
  }),
});
