import { ExpressionError } from '../error.ts';
import { MAX_DEPTH } from '../limits.ts';
import type { Runtime } from '../runtime.ts';
import { Callable } from './callable.ts';
import { typeFault } from './error-value.ts';
import { define, isPlain, type PlainObject } from './plain.ts';

/** `structuredClone`: a deep copy in which what was shared stays shared. Functions cannot be cloned. */
export function clone(rt: Runtime, value: unknown, made: Map<object, unknown>, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Callable) throw typeFault('A function cannot be cloned');
  const known = made.get(value);
  if (known !== undefined) return known;
  rt.charge(2);
  if (depth > MAX_DEPTH) throw new ExpressionError('limit', 'The value is nested too deeply');
  if (value instanceof Date) return new Date(value.getTime());
  if (Array.isArray(value)) {
    rt.places(value.length);
    const list: unknown[] = [];
    made.set(value, list);
    for (const inner of value as readonly unknown[]) list.push(clone(rt, inner, made, depth + 1));
    return list;
  }
  if (value instanceof Map || value instanceof Set) {
    rt.places(value.size);
    const copies = [...value].map((inner: unknown) => clone(rt, inner, made, depth + 1));
    return value instanceof Map ? new Map(copies as [unknown, unknown][]) : new Set(copies);
  }
  // Luxon's values and regular expressions do not change: they are their own copy.
  if (!isPlain(value)) return value;
  const object: PlainObject = {};
  made.set(value, object);
  for (const key of Object.keys(value)) define(object, key, clone(rt, value[key], made, depth + 1));
  return object;
}
