import { ExpressionError } from '../error.ts';
import { MAX_STRING } from '../limits.ts';
import type { Runtime } from '../runtime.ts';
import { Callable, Namespace } from '../value/callable.ts';
import { looseEquals, toKey, toNum, toPrimitive } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { hasMember } from '../value/member.ts';

export type Operator = (rt: Runtime, a: unknown, b: unknown) => unknown;

function concat(rt: Runtime, a: string, b: string): string {
  const length = a.length + b.length;
  if (length > 65_536) {
    if (length > MAX_STRING) throw new ExpressionError('limit', `A string is longer than ${MAX_STRING} characters`);
    rt.charge(length >> 12);
  }
  return a + b;
}

export function add(rt: Runtime, a: unknown, b: unknown): string | number {
  if (typeof a === 'string' && typeof b === 'string') return concat(rt, a, b);
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const left = toPrimitive(rt, a, 'default');
  const right = toPrimitive(rt, b, 'default');
  if (typeof left === 'string' || typeof right === 'string') return concat(rt, String(left), String(right));
  return Number(left) + Number(right);
}

const numeric =
  (run: (a: number, b: number) => number): Operator =>
  (rt, a, b) =>
    typeof a === 'number' && typeof b === 'number' ? run(a, b) : run(toNum(rt, a), toNum(rt, b));

const compare =
  (numbers: (a: number, b: number) => boolean, texts: (a: string, b: string) => boolean): Operator =>
  (rt, a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return numbers(a, b);
    const left = toPrimitive(rt, a, 'number');
    const right = toPrimitive(rt, b, 'number');
    if (typeof left !== 'string' || typeof right !== 'string') return numbers(Number(left), Number(right));
    rt.touch(left);
    rt.touch(right);
    return texts(left, right);
  };

function strictEquals(rt: Runtime, a: unknown, b: unknown): boolean {
  if (typeof a === 'string') {
    rt.touch(a);
    rt.touch(b);
  }
  return a === b;
}

function instanceOf(_rt: Runtime, value: unknown, type: unknown): boolean {
  if (type instanceof Namespace && type.parts.owns) return type.parts.owns(value);
  if (type instanceof Callable) return false;
  throw typeFault("Right-hand side of 'instanceof' is not callable");
}

export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['+', add],
  ['-', numeric((a, b) => a - b)],
  ['*', numeric((a, b) => a * b)],
  ['/', numeric((a, b) => a / b)],
  ['%', numeric((a, b) => a % b)],
  ['**', numeric((a, b) => a ** b)],
  ['|', numeric((a, b) => a | b)],
  ['&', numeric((a, b) => a & b)],
  ['^', numeric((a, b) => a ^ b)],
  ['<<', numeric((a, b) => a << b)],
  ['>>', numeric((a, b) => a >> b)],
  ['>>>', numeric((a, b) => a >>> b)],
  [
    '<',
    compare(
      (a, b) => a < b,
      (a, b) => a < b,
    ),
  ],
  [
    '<=',
    compare(
      (a, b) => a <= b,
      (a, b) => a <= b,
    ),
  ],
  [
    '>',
    compare(
      (a, b) => a > b,
      (a, b) => a > b,
    ),
  ],
  [
    '>=',
    compare(
      (a, b) => a >= b,
      (a, b) => a >= b,
    ),
  ],
  ['===', strictEquals],
  ['!==', (rt, a, b) => !strictEquals(rt, a, b)],
  ['==', looseEquals],
  ['!=', (rt, a, b) => !looseEquals(rt, a, b)],
  ['instanceof', instanceOf],
  ['in', (rt, key, object) => hasMember(rt, object, toKey(rt, key))],
]);

export function typeName(value: unknown): string {
  if (value instanceof Callable) return 'function';
  return value === null ? 'object' : typeof value;
}
