import { ExpressionError } from '../error.ts';
import { toJson } from '../json.ts';
import type { Runtime } from '../runtime.ts';
import { toKey, toNum, toStr } from '../value/coerce.ts';
import { methods } from '../value/method.ts';
import { define, hasOwn, isPlain, type PlainObject } from '../value/plain.ts';
import { distinct, structure } from '../value/structure.ts';
import { compactObject, isBlank, noConversions } from './empty.ts';

type List = readonly unknown[];

const bad = (message: string): never => {
  throw new ExpressionError('argument', message);
};

function numbers(rt: Runtime, list: List, name: string): number[] {
  return list.map((value) => {
    const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
    const number = isNumeric ? toNum(rt, value) : NaN;
    return Number.isNaN(number) && typeof value !== 'number' ? bad(`${name}() needs a list of numbers`) : number;
  });
}

const field = (value: unknown, key: string): unknown => (isPlain(value) && hasOwn(value, key) ? value[key] : undefined);

const needList = (value: unknown, name: string): List =>
  Array.isArray(value) ? (value as List) : bad(`${name}() needs a list`);

/** Fields of the first object win. */
function mergeObjects(list: List): PlainObject {
  const out: PlainObject = {};
  for (const value of list) {
    if (!isPlain(value)) continue;
    for (const key of Object.keys(value)) if (!hasOwn(out, key)) define(out, key, value[key]);
  }
  return out;
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (!isPlain(value)) return value;
  const out: PlainObject = {};
  for (const key of Object.keys(value)) define(out, names.get(key) ?? key, value[key]);
  return out;
}

function unique(rt: Runtime, list: List, args: readonly unknown[]): unknown[] {
  // Several names come as several arguments, as a list, or separated by commas.
  const keys = args.flat().flatMap((key) => toStr(rt, key).split(/\s*,\s*/));
  if (keys.length === 0) return distinct(rt, list);
  return distinct(rt, list, (value) => keys.map((key) => field(value, key)));
}

const extreme = (rt: Runtime, list: List, name: 'min' | 'max'): number | undefined => {
  if (list.length === 0) return undefined;
  const pick = Math[name];
  return numbers(rt, list, name).reduce((best, next) => pick(best, next));
};

/** n8n's functions on lists. */
export const arrayExtensions = methods<List>({
  ...noConversions,
  append: (rt, list, args) => {
    rt.places(list.length + args.length);
    return [...list, ...args];
  },
  average: (rt, list) =>
    list.length === 0 ? 0 : numbers(rt, list, 'average').reduce((sum, next) => sum + next, 0) / list.length,
  chunk: (rt, list, [size]) => {
    const step = typeof size === 'number' && size >= 1 ? Math.trunc(size) : bad('chunk() needs a size of 1 or more');
    rt.charge(Math.ceil(list.length / step));
    return Array.from({ length: Math.ceil(list.length / step) }, (_, i) => list.slice(i * step, (i + 1) * step));
  },
  compact: (_rt, list) => list.filter((value) => !isBlank(value)).map((v) => (isPlain(v) ? compactObject(v) : v)),
  difference: (rt, list, [other]) => {
    const known = new Set(needList(other, 'difference').map((value) => structure(rt, value)));
    return distinct(rt, list).filter((value) => !known.has(structure(rt, value)));
  },
  first: (_rt, list) => list[0],
  intersection: (rt, list, [other]) => {
    const known = new Set(needList(other, 'intersection').map((value) => structure(rt, value)));
    return distinct(rt, list).filter((value) => known.has(structure(rt, value)));
  },
  isEmpty: (_rt, list) => list.length === 0,
  isNotEmpty: (_rt, list) => list.length > 0,
  last: (_rt, list) => list[list.length - 1],
  max: (rt, list) => extreme(rt, list, 'max'),
  merge: (_rt, list, [other]) => {
    if (other === undefined) return mergeObjects(list);
    const right = needList(other, 'merge');
    return Array.from({ length: Math.max(list.length, right.length) }, (_, i) => mergeObjects([list[i], right[i]]));
  },
  min: (rt, list) => extreme(rt, list, 'min'),
  pluck: (rt, list, args) => {
    const keys = args.flat().map((key) => toKey(rt, key));
    if (keys.length === 0) return list;
    // Elements without any of the fields are left out; with one of them it is that value, with several a list.
    return list.filter(isPlain).flatMap((value) => {
      const found = keys.filter((key) => hasOwn(value, key) && value[key] !== undefined).map((key) => value[key]);
      return found.length > 1 ? [found] : found;
    });
  },
  randomItem: (rt, list) => list[Math.floor(rt.scope.random() * list.length)],
  removeDuplicates: unique,
  renameKeys: (rt, list, args) => {
    if (args.length === 0 || args.length % 2) return bad('renameKeys() needs pairs of names');
    const names = new Map<string, string>();
    for (let i = 0; i < args.length; i += 2) names.set(toStr(rt, args[i]), toStr(rt, args[i + 1]));
    return list.map((value) => renamed(value, names));
  },
  smartJoin: (rt, list, [keyField, valueField]) => {
    if (keyField === undefined || valueField === undefined) return bad('smartJoin() needs two field names');
    const [from, to] = [toKey(rt, keyField), toKey(rt, valueField)];
    const out: PlainObject = {};
    for (const value of list) {
      if (isPlain(value) && hasOwn(value, from)) define(out, toKey(rt, value[from]), field(value, to));
    }
    return out;
  },
  sum: (rt, list) => numbers(rt, list, 'sum').reduce((sum, next) => sum + next, 0),
  toJsonString: (rt, list) => JSON.stringify(toJson(list, rt)),
  union: (rt, list, [other]) => distinct(rt, [...list, ...needList(other, 'union')]),
  unique,
});
