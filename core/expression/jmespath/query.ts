import type { Runtime } from '../runtime.ts';
import { isPrimitive } from '../value/coerce.ts';
import { define, hasOwn, isPlain, type PlainObject } from '../value/plain.ts';
import { structure } from '../value/structure.ts';
import { invalid, type TokenKind } from './lexer.ts';

/** A query made ready: what it finds in a value. Nothing found is null, as in JSON. */
export type Query = (rt: Runtime, value: unknown) => unknown;

/** `&expression`: a query given to a function. */
export class Reference {
  readonly query: Query;
  constructor(query: Query) {
    this.query = query;
  }
}

export const identity: Query = (_rt, value) => value ?? null;

/** Null, false, and the empty text, list and object. */
export function isFalse(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isPlain(value) && Object.keys(value).length === 0;
}

export const field =
  (name: string): Query =>
  (_rt, value) =>
    isPlain(value) && hasOwn(value, name) ? (value[name] ?? null) : null;

/** What the right side finds in what the left side found; null is passed on, functions may have an answer for it. */
export const pipe =
  (left: Query, right: Query): Query =>
  (rt, value) =>
    right(rt, left(rt, value));

export const index =
  (at: number): Query =>
  (_rt, value) =>
    Array.isArray(value) ? (value.at(at) ?? null) : null;

function collect(rt: Runtime, values: readonly unknown[], each: Query): unknown[] {
  rt.places(values.length);
  const out: unknown[] = [];
  for (const value of values) {
    rt.charge(1);
    const found = each(rt, value);
    if (found !== null && found !== undefined) out.push(found);
  }
  return out;
}

/** `left[*]…`: the right side in every element; what is no list gives null. */
export const project =
  (left: Query, right: Query): Query =>
  (rt, value) => {
    const list = left(rt, value);
    return Array.isArray(list) ? collect(rt, list, right) : null;
  };

/** `left.*…`: the same over the values of an object. */
export const projectValues =
  (left: Query, right: Query): Query =>
  (rt, value) => {
    const object = left(rt, value);
    return isPlain(object) ? collect(rt, Object.values(object), right) : null;
  };

export const filter =
  (left: Query, condition: Query, right: Query): Query =>
  (rt, value) => {
    const list = left(rt, value);
    if (!Array.isArray(list)) return null;
    const kept = list.filter((element) => {
      rt.charge(1);
      return !isFalse(condition(rt, element));
    });
    return collect(rt, kept, right);
  };

/** One level less of lists. */
export const flatten =
  (left: Query): Query =>
  (rt, value) => {
    const list: unknown = left(rt, value);
    if (!Array.isArray(list)) return null;
    const out: unknown[] = [];
    for (const element of list as readonly unknown[]) {
      const inner: readonly unknown[] = Array.isArray(element) ? element : [element];
      rt.places(out.length + inner.length);
      for (const one of inner) out.push(one);
    }
    return out;
  };

export type Bounds = readonly [from: number | undefined, to: number | undefined, step: number | undefined];

export function slice([from, to, by]: Bounds): Query {
  const step = by ?? 1;
  if (step === 0) throw invalid('the step of a slice is 0');
  return (rt, value) => {
    if (!Array.isArray(value)) return null;
    const { length } = value;
    const bound = (at: number | undefined, fallback: number): number => {
      if (at === undefined) return fallback;
      const place = at < 0 ? at + length : at;
      return step < 0 ? Math.max(-1, Math.min(place, length - 1)) : Math.max(0, Math.min(place, length));
    };
    const start = bound(from, step < 0 ? length - 1 : 0);
    const stop = bound(to, step < 0 ? -1 : length);
    rt.places(length);
    const out: unknown[] = [];
    for (let i = start; step < 0 ? i > stop : i < stop; i += step) out.push(value[i]);
    return out;
  };
}

export const list =
  (parts: readonly Query[]): Query =>
  (rt, value) => {
    rt.charge(1);
    return value === null ? null : parts.map((part) => part(rt, value));
  };

export const hash =
  (parts: readonly (readonly [string, Query])[]): Query =>
  (rt, value) => {
    rt.charge(1);
    if (value === null) return null;
    const out: PlainObject = {};
    for (const [name, part] of parts) define(out, name, part(rt, value));
    return out;
  };

/** Equality goes all the way down; order is the language's own among simple values (null is 0), and false for others. */
export function compare(operator: TokenKind, left: Query, right: Query): Query {
  return (rt, value) => {
    const a = left(rt, value);
    const b = right(rt, value);
    rt.charge(1);
    if (operator === '==' || operator === '!=') {
      const same = a === b || (typeof a === typeof b && structure(rt, a) === structure(rt, b));
      return same === (operator === '==');
    }
    if (!isPrimitive(a) || !isPrimitive(b)) return false;
    rt.touch(a);
    const [x, y] = [a as number, b as number];
    if (operator === '<') return x < y;
    if (operator === '<=') return x <= y;
    return operator === '>' ? x > y : x >= y;
  };
}
