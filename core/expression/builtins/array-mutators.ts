import { toInt } from '../value/coerce.ts';
import { MAX_ARRAY } from '../limits.ts';
import type { Runtime } from '../runtime.ts';
import { methods, type Method } from '../value/method.ts';
import { sorted } from './sort.ts';

/** Sets the contents of a list in place. */
function refill(list: unknown[], values: readonly unknown[]): unknown[] {
  list.length = 0;
  for (const value of values) list.push(value);
  return list;
}

/** Only the bound: what is already there was paid for, so that filling a list one by one is linear. */
function grow(rt: Runtime, length: number): void {
  if (length > MAX_ARRAY) rt.places(length);
}

const clamp = (at: number, length: number): number => (at < 0 ? Math.max(length + at, 0) : Math.min(at, length));

/** Methods that change the list, for lists the caller knows to be the expression's own. */
export const ownArrayMutators = methods<unknown[]>({
  copyWithin: (rt, list, [to, from, end]) => {
    return list.copyWithin(toInt(rt, to, 0), toInt(rt, from, 0), end === undefined ? undefined : toInt(rt, end, 0));
  },
  fill: (rt, list, [value, from, to]) => {
    return list.fill(value, toInt(rt, from, 0), to === undefined ? undefined : toInt(rt, to, 0));
  },
  pop: (_rt, list) => list.pop(),
  push: (rt, list, args) => {
    grow(rt, list.length + args.length);
    rt.charge(args.length >> 3);
    for (const arg of args) list.push(arg);
    return list.length;
  },
  reverse: (_rt, list) => list.reverse(),
  shift: (_rt, list) => list.shift(),
  sort: (rt, list, [by]) => {
    return refill(list, sorted(rt, list, by));
  },
  splice: (rt, list, args) => {
    if (args.length === 0) return [];
    const [from, count, ...added] = args;
    const at = clamp(toInt(rt, from, 0), list.length);
    const removed = args.length === 1 ? list.length - at : Math.max(0, Math.min(toInt(rt, count, 0), list.length - at));
    rt.places(list.length + added.length);
    const gone = list.slice(at, at + removed);
    refill(list, [...list.slice(0, at), ...added, ...list.slice(at + removed)]);
    return gone;
  },
  unshift: (rt, list, args) => {
    rt.places(list.length + args.length);
    refill(list, [...args, ...list]);
    return list.length;
  },
});

/** The same, refused unless the expression works on copies of the data (see `Runtime.thaw`). */
export const arrayMutators: ReadonlyMap<string, Method> = new Map(
  [...ownArrayMutators].map(([name, run]): [string, Method] => [
    name,
    (rt, self, args) => {
      rt.mutate();
      return run(rt, self, args);
    },
  ]),
);

/** Names whose presence makes an expression work on copies. */
export const MUTATOR_NAMES: ReadonlySet<string> = new Set([...ownArrayMutators.keys(), 'assign']);
