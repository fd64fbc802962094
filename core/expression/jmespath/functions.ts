import { toJson } from '../json.ts';
import type { Runtime } from '../runtime.ts';
import { joined, toStr } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { define, isPlain, type PlainObject } from '../value/plain.ts';
import { structure } from '../value/structure.ts';
import { Reference, type Query } from './query.ts';

type Kind = 'any' | 'array' | 'array-number' | 'array-string' | 'expref' | 'number' | 'object' | 'string';
type List = readonly unknown[];

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return value instanceof Reference ? 'expref' : typeof value;
}

function fits(value: unknown, kind: Kind): boolean {
  if (kind === 'any') return true;
  if (!kind.startsWith('array-')) return kind === 'object' ? isPlain(value) : kindOf(value) === kind;
  const element = kind.slice('array-'.length);
  return Array.isArray(value) && value.every((inner) => kindOf(inner) === element);
}

interface Signature {
  /** The kinds each argument may have. */
  args: readonly (readonly Kind[])[];
  /** The last argument may be repeated. */
  variadic?: boolean;
  run(rt: Runtime, args: List): unknown;
}

const numbersOf = (value: unknown): readonly number[] => value as readonly number[];
const listOf = (value: unknown): List => value as List;
const textOf = (value: unknown): string => value as string;
const queryOf = (value: unknown): Query => (value as Reference).query;

const number = (run: (value: number) => number): Signature => ({
  args: [['number']],
  run: (_rt, [value]) => run(value as number),
});

const total = (value: unknown): number => numbersOf(value).reduce((sum, next) => sum + next, 0);

type Ordered = number | string;

/** The element whose key is largest (`sign` 1) or smallest (-1); the first of equals. */
function extreme(elements: List, keys: readonly Ordered[], sign: number): unknown {
  let best = -1;
  keys.forEach((key, i) => {
    const known = keys[best];
    if (known === undefined || (sign > 0 ? key > known : key < known)) best = i;
  });
  return elements[best] ?? null;
}

/** The keys of all elements: all numbers, or all texts. */
function keysOf(rt: Runtime, elements: List, query: Query): Ordered[] {
  const keys = elements.map((element) => {
    rt.charge(1);
    return query(rt, element);
  });
  const kind = kindOf(keys[0]);
  if (keys.length > 0 && kind !== 'number' && kind !== 'string') throw typeFault('The keys must be numbers or texts');
  if (keys.some((key) => kindOf(key) !== kind)) throw typeFault('The keys must be of one type');
  return keys as Ordered[];
}

const order = (a: Ordered, b: Ordered): number => (a < b ? -1 : a > b ? 1 : 0);

const most = (sign: number): Signature => ({
  args: [['array-number', 'array-string']],
  run: (_rt, [values]) => extreme(listOf(values), values as Ordered[], sign),
});

const mostBy = (sign: number): Signature => ({
  args: [['array'], ['expref']],
  run: (rt, [values, by]) => extreme(listOf(values), keysOf(rt, listOf(values), queryOf(by)), sign),
});

function sortBy(rt: Runtime, elements: List, query: Query): unknown[] {
  const keys = keysOf(rt, elements, query);
  const places = elements.map((_element, i) => i);
  places.sort((a, b) => order(keys[a] ?? '', keys[b] ?? ''));
  return places.map((i) => elements[i]);
}

function contains(rt: Runtime, within: unknown, wanted: unknown): boolean {
  if (typeof within === 'string') return typeof wanted === 'string' && within.includes(wanted);
  const text = structure(rt, wanted);
  return listOf(within).some((value) => structure(rt, value) === text);
}

function merge(rt: Runtime, objects: List): PlainObject {
  const out: PlainObject = {};
  for (const object of objects as PlainObject[]) {
    const names = Object.keys(object);
    rt.places(names.length);
    for (const name of names) define(out, name, object[name]);
  }
  return out;
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const made = typeof value === 'string' ? Number(value) : NaN;
  return Number.isNaN(made) ? null : made;
}

const SIZED: readonly Kind[] = ['string', 'array', 'object'];

/** JMESPath's functions; there are no others. */
const FUNCTIONS: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ['abs', number(Math.abs)],
  [
    'avg',
    {
      args: [['array-number']],
      run: (_rt, [list]) => (listOf(list).length > 0 ? total(list) / listOf(list).length : null),
    },
  ],
  ['ceil', number(Math.ceil)],
  ['contains', { args: [['string', 'array'], ['any']], run: (rt, [within, wanted]) => contains(rt, within, wanted) }],
  ['ends_with', { args: [['string'], ['string']], run: (_rt, [text, end]) => textOf(text).endsWith(textOf(end)) }],
  ['floor', number(Math.floor)],
  ['join', { args: [['string'], ['array-string']], run: (rt, [by, list]) => joined(rt, listOf(list), textOf(by)) }],
  ['keys', { args: [['object']], run: (_rt, [object]) => Object.keys(object as PlainObject) }],
  [
    'length',
    {
      args: [SIZED],
      run: (_rt, [value]) => (isPlain(value) ? Object.keys(value).length : (value as string | List).length),
    },
  ],
  [
    'map',
    {
      args: [['expref'], ['array']],
      run: (rt, [by, list]) =>
        listOf(list).map((value) => {
          rt.charge(1);
          return queryOf(by)(rt, value);
        }),
    },
  ],
  ['max', most(1)],
  ['max_by', mostBy(1)],
  ['merge', { args: [['object']], variadic: true, run: merge }],
  ['min', most(-1)],
  ['min_by', mostBy(-1)],
  [
    'not_null',
    { args: [['any']], variadic: true, run: (_rt, args) => args.find((value) => (value ?? null) !== null) ?? null },
  ],
  [
    'reverse',
    {
      args: [['string', 'array']],
      run: (_rt, [value]) => (typeof value === 'string' ? [...value].reverse().join('') : [...listOf(value)].reverse()),
    },
  ],
  ['sort', { args: [['array-string', 'array-number']], run: (_rt, [list]) => [...(list as Ordered[])].sort(order) }],
  ['sort_by', { args: [['array'], ['expref']], run: (rt, [list, by]) => sortBy(rt, listOf(list), queryOf(by)) }],
  [
    'starts_with',
    { args: [['string'], ['string']], run: (_rt, [text, start]) => textOf(text).startsWith(textOf(start)) },
  ],
  ['sum', { args: [['array-number']], run: (_rt, [list]) => total(list) }],
  ['to_array', { args: [['any']], run: (_rt, [value]) => (Array.isArray(value) ? value : [value]) }],
  ['to_number', { args: [['any']], run: (_rt, [value]) => toNumber(value) }],
  [
    'to_string',
    {
      args: [['any']],
      run: (rt, [value]) =>
        typeof value === 'string' ? value : (JSON.stringify(toJson(value, rt)) ?? toStr(rt, value)),
    },
  ],
  ['type', { args: [['any']], run: (_rt, [value]) => kindOf(value) }],
  ['values', { args: [['object']], run: (_rt, [object]) => Object.values(object as PlainObject) }],
]);

/** A call; wrong names, counts and types are errors of the query. */
export function call(name: string, parts: readonly Query[]): Query {
  const signature = FUNCTIONS.get(name);
  if (!signature) throw typeFault(`JMESPath has no function '${name.slice(0, 40)}'`);
  const { args: kinds, variadic } = signature;
  if (variadic ? parts.length < kinds.length : parts.length !== kinds.length) {
    throw typeFault(`${name}() takes ${kinds.length} arguments, not ${parts.length}`);
  }
  return (rt, value) => {
    rt.charge(4);
    const args = parts.map((part) => part(rt, value));
    args.forEach((arg, i) => {
      if (Array.isArray(arg)) rt.places(arg.length);
      else if (typeof arg === 'string') rt.room(arg.length);
      const allowed = kinds[i] ?? kinds[kinds.length - 1] ?? [];
      if (!allowed.some((kind) => fits(arg, kind))) {
        throw typeFault(`${name}(): argument ${i + 1} is ${kindOf(arg)}, not ${allowed.join(' or ')}`);
      }
    });
    return signature.run(rt, args);
  };
}
