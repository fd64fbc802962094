import { DateTime, Duration, Interval } from 'luxon';
import { ExpressionError } from '../error.ts';
import { MAX_DEPTH, MAX_STRING } from '../limits.ts';
import type { Runtime } from '../runtime.ts';
import { Callable } from './callable.ts';
import { dateText } from './date-text.ts';
import { ErrorValue, typeFault } from './error-value.ts';
import { hasOwn, isPlain } from './plain.ts';
import { Regex } from './regex.ts';
import { View } from './view.ts';

type Primitive = string | number | boolean | null | undefined;

export function isPrimitive(value: unknown): value is Primitive {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

function own(rt: Runtime, value: object, method: string): { value: unknown } | undefined {
  if (!isPlain(value) || !hasOwn(value, method)) return undefined;
  const call = value[method];
  return call instanceof Callable ? { value: call.invoke(rt, []) } : undefined;
}

/** Array elements joined as `Array.prototype.join` does; cycles end in an error rather than ''. */
export function joined(rt: Runtime, list: readonly unknown[], separator: string): string {
  let out = '';
  rt.charge(list.length >> 3);
  if (++rt.stack > MAX_DEPTH * 10) throw new ExpressionError('limit', 'A list contains itself or is nested too deeply');
  for (let i = 0; i < list.length; i++) {
    if (i > 0) out += separator;
    const value = list[i];
    if (value !== null && value !== undefined) out += toStr(rt, value);
    if (out.length > MAX_STRING) break;
  }
  rt.stack--;
  rt.room(out.length);
  return out;
}

/** `String(value)` without calling anything of the host's objects. */
export function toStr(rt: Runtime, value: unknown): string {
  if (typeof value === 'string') return value;
  if (isPrimitive(value)) return String(value);
  if (Array.isArray(value)) return joined(rt, value, ',');
  if (value instanceof DateTime) return value.toISO() ?? 'Invalid DateTime';
  if (value instanceof Date) return dateText(value);
  if (value instanceof Duration || value instanceof Interval) return value.toISO() ?? 'Invalid';
  if (value instanceof Regex) return value.toString();
  if (value instanceof ErrorValue) return value.message === '' ? value.name : `${value.name}: ${value.message}`;
  if (value instanceof Callable) return `function ${value.name}() { [native code] }`;
  if (value instanceof View) return value.text();
  if (value instanceof Map) return '[object Map]';
  if (value instanceof Set) return '[object Set]';
  for (const method of ['toString', 'valueOf']) {
    const made = own(rt, value as object, method);
    if (made && isPrimitive(made.value)) return String(made.value);
    if (made && method === 'valueOf') throw typeFault('Cannot convert object to primitive value');
  }
  return '[object Object]';
}

/** What operators see of an object; `hint` as in the language. */
export function toPrimitive(rt: Runtime, value: unknown, hint: 'number' | 'string' | 'default'): Primitive {
  if (isPrimitive(value)) return value;
  if (hint === 'string') return toStr(rt, value);
  if (value instanceof Date) return hint === 'number' ? value.getTime() : dateText(value);
  if (value instanceof DateTime || value instanceof Duration) return value.toMillis();
  const made = own(rt, value as object, 'valueOf');
  if (made && isPrimitive(made.value)) return made.value;
  return toStr(rt, value);
}

export function toNum(rt: Runtime, value: unknown): number {
  if (typeof value === 'number') return value;
  return Number(toPrimitive(rt, value, 'number'));
}

/** An integer argument; absent or not a number gives `fallback`. */
export function toInt(rt: Runtime, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  const number = Math.trunc(toNum(rt, value));
  return Number.isNaN(number) ? 0 : number;
}

/** Property keys are made strings BEFORE anything looks at them, so no object can change its mind in between. */
export function toKey(rt: Runtime, value: unknown): string {
  if (typeof value === 'string') {
    rt.touch(value);
    return value;
  }
  return toStr(rt, value);
}

/** As `args[i] ?? fallback` but only for undefined, made a string. */
export const textArg = (rt: Runtime, value: unknown, fallback: string): string =>
  value === undefined ? fallback : toStr(rt, value);

export function toFunction(value: unknown): Callable {
  if (value instanceof Callable) return value;
  throw typeFault('The argument is not a function');
}

/* oxlint-disable eqeqeq -- this is the language's `==` */
/** `a == b`. */
export function looseEquals(rt: Runtime, a: unknown, b: unknown): boolean {
  rt.touch(a);
  const left = isPrimitive(a);
  const right = isPrimitive(b);
  if (left === right) return left ? (a as Primitive) == (b as Primitive) : a === b;
  if (a === null || a === undefined || b === null || b === undefined) return false;
  return toPrimitive(rt, a, 'default') == toPrimitive(rt, b, 'default');
}
