import { arrayExtensions } from '../extensions/array.ts';
import { MAX_DEPTH } from '../limits.ts';
import type { Runtime } from '../runtime.ts';
import { joined, textArg, toFunction, toInt } from '../value/coerce.ts';
import { rangeFault, typeFault } from '../value/error-value.ts';
import { mergeTables, methods } from '../value/method.ts';
import type { Callable } from '../value/callable.ts';
import { arrayMutators } from './array-mutators.ts';
import { sorted } from './sort.ts';

type List = readonly unknown[];

const sameValueZero = (a: unknown, b: unknown): boolean => a === b || (a !== a && b !== b);

function indexOf(rt: Runtime, list: List, needle: unknown, from: number): number {
  rt.touch(needle);
  if (typeof needle === 'string' && needle.length > 1024) rt.charge(list.length * (needle.length >> 7));
  return list.indexOf(needle, from);
}

/** Calls back for each element, as every array function does: element, index, list. */
function each(
  rt: Runtime,
  list: List,
  fn: Callable,
  visit: (result: unknown, value: unknown, at: number) => boolean | void,
) {
  // The length is taken once: elements added meanwhile are not visited.
  const length = list.length;
  const call = fn.repeated(rt);
  for (let i = 0; i < length; i++) {
    rt.charge(1);
    const value = list[i];
    if (visit(call(value, i, list), value, i) === true) return;
  }
}

function find(rt: Runtime, list: List, test: unknown, fromEnd: boolean): number {
  const call = toFunction(test).repeated(rt);
  for (let n = 0; n < list.length; n++) {
    const i = fromEnd ? list.length - 1 - n : n;
    rt.charge(1);
    if (call(list[i], i, list)) return i;
  }
  return -1;
}

export function flatten(rt: Runtime, list: List, depth: number, out: unknown[] = []): unknown[] {
  if (depth > MAX_DEPTH) throw rangeFault('The list is nested too deeply');
  for (const value of list) {
    if (Array.isArray(value) && depth > 0) flatten(rt, value, depth - 1, out);
    else {
      out.push(value);
      if (out.length % 64 === 0) rt.places(64);
    }
  }
  if (out.length > 1000) rt.places(out.length);
  return out;
}

function reduce(rt: Runtime, list: List, args: readonly unknown[], fromEnd: boolean): unknown {
  const fn = toFunction(args[0]);
  let n = 0;
  const at = (): number => (fromEnd ? list.length - 1 - n : n);
  let result = args[1];
  if (args.length < 2) {
    if (list.length === 0) throw typeFault('Reduce of empty array with no initial value');
    result = list[at()];
    n = 1;
  }
  for (; n < list.length; n++) {
    rt.charge(1);
    result = fn.invoke(rt, [result, list[at()], at(), list]);
  }
  return result;
}

const native = methods<List>({
  at: (rt, list, [i]) => list.at(toInt(rt, i, 0)),
  concat: (rt, list, args) => {
    const out = [...list];
    for (const arg of args) {
      rt.places(out.length + (Array.isArray(arg) ? arg.length : 1));
      if (Array.isArray(arg)) for (const value of arg as List) out.push(value);
      else out.push(arg);
    }
    return out;
  },
  entries: (rt, list) => {
    rt.places(list.length * 4);
    return list.map((value, i) => [i, value]);
  },
  every: (rt, list, [test]) => {
    let all = true;
    each(rt, list, toFunction(test), (pass) => !(all = Boolean(pass)));
    return all;
  },
  filter: (rt, list, [test]) => {
    const out: unknown[] = [];
    each(rt, list, toFunction(test), (pass, value) => {
      if (pass) out.push(value);
    });
    return out;
  },
  find: (rt, list, [test]) => list[find(rt, list, test, false)],
  findIndex: (rt, list, [test]) => find(rt, list, test, false),
  findLast: (rt, list, [test]) => list[find(rt, list, test, true)],
  findLastIndex: (rt, list, [test]) => find(rt, list, test, true),
  flat: (rt, list, [depth]) => flatten(rt, list, Math.min(toInt(rt, depth, 1), MAX_DEPTH)),
  flatMap: (rt, list, [fn]) => {
    const out: unknown[] = [];
    each(rt, list, toFunction(fn), (value) => {
      out.push(value);
    });
    return flatten(rt, out, 1);
  },
  forEach: (rt, list, [fn]) => each(rt, list, toFunction(fn), () => undefined),
  includes: (rt, list, [needle, from]) =>
    needle !== needle
      ? list.some((value) => sameValueZero(value, needle))
      : indexOf(rt, list, needle, toInt(rt, from, 0)) >= 0,
  indexOf: (rt, list, [needle, from]) => indexOf(rt, list, needle, toInt(rt, from, 0)),
  join: (rt, list, [separator]) => joined(rt, list, textArg(rt, separator, ',')),
  keys: (_rt, list) => list.map((_value, i) => i),
  lastIndexOf: (rt, list, [needle]) => {
    rt.touch(needle);
    return list.lastIndexOf(needle);
  },
  map: (rt, list, [fn]) => {
    const call = toFunction(fn).repeated(rt);
    const out: unknown[] = [];
    const { length } = list;
    for (let i = 0; i < length; i++) {
      rt.charge(1);
      out.push(call(list[i], i, list));
    }
    return out;
  },
  reduce: (rt, list, args) => reduce(rt, list, args, false),
  reduceRight: (rt, list, args) => reduce(rt, list, args, true),
  slice: (rt, list, [from, to]) => list.slice(toInt(rt, from, 0), to === undefined ? undefined : toInt(rt, to, 0)),
  some: (rt, list, [test]) => {
    let any = false;
    each(rt, list, toFunction(test), (pass) => (any = Boolean(pass)));
    return any;
  },
  toLocaleString: (rt: Runtime, list: List) => joined(rt, list, ','),
  toReversed: (_rt, list) => [...list].reverse(),
  toSorted: (rt, list, [by]) => sorted(rt, list, by),
  toSpliced: (rt, list, args) => {
    if (args.length === 0) return [...list];
    const start = toInt(rt, args[0], 0);
    const at = start < 0 ? Math.max(list.length + start, 0) : Math.min(start, list.length);
    const gone = args.length === 1 ? list.length - at : Math.max(0, toInt(rt, args[1], 0));
    rt.places(list.length + args.length);
    return [...list.slice(0, at), ...args.slice(2), ...list.slice(at + gone)];
  },
  toString: (rt: Runtime, list: List) => joined(rt, list, ','),
  valueOf: (_rt: Runtime, list: List) => list,
  values: (_rt, list) => [...list],
  with: (rt, list, [i, value]) => {
    const at = toInt(rt, i, 0);
    const index = at < 0 ? list.length + at : at;
    if (index < 0 || index >= list.length) throw rangeFault('Invalid index');
    return list.map((old, n) => (n === index ? value : old));
  },
});

/** Everything callable on a list. The extensions' `find` and such give way to the language's. */
export const arrayMethods = mergeTables(arrayExtensions, native, arrayMutators);
