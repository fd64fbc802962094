import { DateTime, Duration, Interval } from 'luxon';
import type { Json, JsonObject } from '../data/item.ts';
import { ExpressionError } from './error.ts';
import { MAX_ARRAY, MAX_DEPTH } from './limits.ts';
import { Callable } from './value/callable.ts';
import { define, isPlain, type PlainObject } from './value/plain.ts';
import { View } from './value/view.ts';

/** Pays for the walk: shared parts are visited once per mention, so a small graph can be a huge document. */
interface Meter {
  charge(steps: number): void;
}

class Budget implements Meter {
  #left = MAX_ARRAY * 4;
  charge(steps: number): void {
    if ((this.#left -= steps) < 0) throw new ExpressionError('limit', 'The value is too large');
  }
}

/**
 * A value of the language as JSON. Dates become ISO text; functions and undefined are dropped (null in lists), NaN and
 * infinities become null. Data that already is JSON comes back as the same object, not a copy.
 * Throws ExpressionError('limit') for what is nested over MAX_DEPTH levels (cycles included) or too large.
 */
export function toJson(value: unknown, meter: Meter = new Budget()): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      return value === null ? null : convert(value, meter, 0);
    default:
      return undefined;
  }
}

function inner(value: unknown, meter: Meter, depth: number): Json | undefined {
  return typeof value === 'object' && value !== null ? convert(value, meter, depth) : toJson(value, meter);
}

function convert(value: object, meter: Meter, depth: number): Json | undefined {
  meter.charge(1);
  if (depth > MAX_DEPTH) throw new ExpressionError('limit', 'The value contains itself or is nested too deeply');
  if (Array.isArray(value)) return list(value, meter, depth);
  if (isPlain(value)) return object(value, meter, depth);
  if (value instanceof DateTime || value instanceof Duration || value instanceof Interval) return value.toISO();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Callable) return undefined;
  // A regular expression, a set or a map has no fields.
  return value instanceof View ? value.json() : {};
}

function list(value: readonly unknown[], meter: Meter, depth: number): Json[] {
  meter.charge(value.length >> 3);
  let copy: Json[] | undefined;
  for (let i = 0; i < value.length; i++) {
    const before = value[i];
    const after = inner(before, meter, depth + 1) ?? null;
    if (copy) copy.push(after);
    else if (after !== before) copy = [...(value.slice(0, i) as Json[]), after];
  }
  return copy ?? (value as Json[]);
}

function object(value: PlainObject, meter: Meter, depth: number): JsonObject {
  const keys = Object.keys(value);
  meter.charge(keys.length >> 3);
  let copy: JsonObject | undefined;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const before = value[key];
    const after = inner(before, meter, depth + 1);
    if (!copy && after !== before) {
      copy = {};
      for (const done of keys.slice(0, i)) define(copy, done, value[done]);
    }
    if (copy && after !== undefined) define(copy, key, after);
    else if (!copy && after === undefined) {
      // An undefined field: start a copy without it.
      copy = {};
      for (const done of keys.slice(0, i)) define(copy, done, value[done]);
    }
  }
  return copy ?? (value as JsonObject);
}
