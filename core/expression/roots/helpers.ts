import { ExpressionError } from '../error.ts';
import { jmespath } from '../jmespath/index.ts';
import type { Runtime } from '../runtime.ts';
import { Builtin } from '../value/callable.ts';
import { isPlain, define, type PlainObject } from '../value/plain.ts';
import { toInt, toKey, toNum } from '../value/coerce.ts';

const numbers = (rt: Runtime, args: readonly unknown[]): number[] => args.flat().map((value) => toNum(rt, value));

const fold = (rt: Runtime, args: readonly unknown[], pick: (a: number, b: number) => number, empty: number): number =>
  numbers(rt, args).reduce((best, next) => pick(best, next), empty);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isPlain(value) && Object.keys(value).length === 0);

function numberList(rt: Runtime, args: readonly unknown[]): number[] {
  const [from, to] = [toInt(rt, args[0], 0), toInt(rt, args[1], 0)];
  const length = Math.abs(to - from) + 1;
  rt.places(length);
  return Array.from({ length }, (_, i) => (to < from ? from - i : from + i));
}

function zip(rt: Runtime, args: readonly unknown[]): PlainObject {
  const [keys, values] = args;
  if (!Array.isArray(keys) || !Array.isArray(values) || keys.length !== values.length) {
    throw new ExpressionError('argument', 'zip() needs two lists of the same length');
  }
  const out: PlainObject = {};
  keys.forEach((key, i) => define(out, toKey(rt, key), values[i]));
  return out;
}

const builtin = (name: string, run: (rt: Runtime, args: readonly unknown[]) => unknown): [string, Builtin] => [
  name,
  new Builtin(name, run),
];

const min = (rt: Runtime, args: readonly unknown[]): number => fold(rt, args, Math.min, Infinity);
const max = (rt: Runtime, args: readonly unknown[]): number => fold(rt, args, Math.max, -Infinity);
const average = (rt: Runtime, args: readonly unknown[]): number => {
  const list = numbers(rt, args);
  return list.reduce((sum, next) => sum + next, 0) / list.length;
};
/** n8n's free functions. */
export const HELPERS: ReadonlyMap<string, Builtin> = new Map([
  // Both branches are evaluated, as in n8n: only the ternary skips one.
  builtin('$if', (_rt, [test, then, otherwise]) => (test ? then : otherwise === undefined ? false : otherwise)),
  builtin('$ifEmpty', (_rt, [value, fallback]) => (isEmpty(value) ? fallback : value)),
  builtin('$not', (_rt, [value]) => !value),
  builtin('$min', min),
  builtin('$max', max),
  builtin('$average', average),
  builtin('min', min),
  builtin('max', max),
  builtin('average', average),
  builtin('not', (_rt, [value]) => !value),
  builtin('numberList', numberList),
  builtin('zip', zip),
  builtin('$jmespath', jmespath),
  builtin('$jmesPath', jmespath),
]);
