import type { Runtime } from '../runtime.ts';
import { toFunction, toNum, toStr } from '../value/coerce.ts';

/** A sorted copy. Texts are compared by code unit unless there is a comparator, undefined goes last. */
export function sorted(rt: Runtime, list: readonly unknown[], by: unknown): unknown[] {
  rt.charge(4 + list.length * 2);
  const defined = list.filter((value) => value !== undefined);
  const rest = Array.from({ length: list.length - defined.length }, () => undefined);
  if (by === undefined) {
    const keyed = defined.map((value) => ({ key: toStr(rt, value), value }));
    for (const { key } of keyed) rt.touch(key);
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return [...keyed.map(({ value }) => value), ...rest];
  }
  const call = toFunction(by).repeated(rt);
  return [...defined.sort((a, b) => toNum(rt, call(a, b, undefined)) || 0), ...rest];
}
