import type { Json } from '../data/item.ts';
import { canonical, isBlank } from '../data/canonical.ts';
import { asText } from './convert.ts';
import { toMoment } from './date.ts';
import { patternTester } from './pattern.ts';

export interface CompareOptions {
  ignoreCase: boolean;
  /** IANA zone of dates without an offset. */
  zone: string;
}

/** Compares values already of the operator's types; null and undefined are missing. */
export type Compare = (left: Json | undefined, right: Json | undefined, options: CompareOptions) => boolean;

export const isMissing = (value: Json | undefined): boolean =>
  value === undefined || value === null || Number.isNaN(value);

/** Need no right value. */
const UNARY: Readonly<Record<string, Compare>> = {
  exists: (left) => !isMissing(left),
  notExists: (left) => isMissing(left),
  empty: (left) => isBlank(left),
  notEmpty: (left) => !isBlank(left),
  true: (left) => Boolean(left),
  false: (left) => !left,
};

const text = (value: Json | undefined): string => (isMissing(value) ? '' : asText(value as Json));

/** Texts of both sides, folded when case does not matter. */
const texts =
  (test: (left: string, right: string) => boolean): Compare =>
  (left, right, { ignoreCase }) =>
    ignoreCase ? test(text(left).toLowerCase(), text(right).toLowerCase()) : test(text(left), text(right));

const not =
  (compare: Compare): Compare =>
  (left, right, options) =>
    !compare(left, right, options);

/** A missing number compares like NaN: it is nothing's equal, not even another's. */
const numbers =
  (test: (left: number, right: number) => boolean): Compare =>
  (left, right) =>
    test(isMissing(left) ? Number.NaN : Number(left), isMissing(right) ? Number.NaN : Number(right));

const moments =
  (test: (left: number, right: number) => boolean): Compare =>
  (left, right, { zone }) =>
    test(toMoment(left, zone)?.toMillis() ?? Number.NaN, toMoment(right, zone)?.toMillis() ?? Number.NaN);

const lengths = (test: (length: number, right: number) => boolean): Compare =>
  numbers((length, right) => test(length, right));

const ofLength =
  (test: (length: number, right: number) => boolean): Compare =>
  (left, right, options) =>
    lengths(test)(Array.isArray(left) ? left.length : 0, right, options);

const regex = (): Compare => {
  const test = patternTester();
  return (left, right) => test(text(left), text(right));
};

const same = (left: Json | undefined, right: Json | undefined): boolean =>
  left === right || (typeof left === 'object' && typeof right === 'object' && canonical(left) === canonical(right));

const has: Compare = (left, right, { ignoreCase }) => {
  if (!Array.isArray(left)) return false;
  const fold = (value: Json | undefined): Json | undefined =>
    ignoreCase && typeof value === 'string' ? value.toLowerCase() : value;
  const wanted = fold(right);
  return left.some((value) => same(fold(value), wanted));
};

const contains = texts((left, right) => left.includes(right));
const starts = texts((left, right) => left.startsWith(right));
const ends = texts((left, right) => left.endsWith(right));
const sameText = texts((left, right) => left === right);
const sameNumber = numbers((left, right) => left === right);
const sameMoment = moments((left, right) => left === right);
const sameValue: Compare = (left, right) => same(left ?? null, right ?? null);

const BY_TYPE: Readonly<Record<string, Readonly<Record<string, () => Compare>>>> = {
  string: {
    equals: () => sameText,
    notEquals: () => not(sameText),
    contains: () => contains,
    notContains: () => not(contains),
    startsWith: () => starts,
    notStartsWith: () => not(starts),
    endsWith: () => ends,
    notEndsWith: () => not(ends),
    regex,
    notRegex: () => not(regex()),
  },
  number: {
    equals: () => sameNumber,
    notEquals: () => not(sameNumber),
    gt: () => numbers((left, right) => left > right),
    lt: () => numbers((left, right) => left < right),
    gte: () => numbers((left, right) => left >= right),
    lte: () => numbers((left, right) => left <= right),
  },
  dateTime: {
    equals: () => sameMoment,
    notEquals: () => not(sameMoment),
    after: () => moments((left, right) => left > right),
    before: () => moments((left, right) => left < right),
    afterOrEquals: () => moments((left, right) => left >= right),
    beforeOrEquals: () => moments((left, right) => left <= right),
  },
  boolean: { equals: () => sameValue, notEquals: () => not(sameValue) },
  array: {
    equals: () => sameValue,
    notEquals: () => not(sameValue),
    contains: () => has,
    notContains: () => not(has),
    lengthEquals: () => ofLength((length, right) => length === right),
    lengthNotEquals: () => ofLength((length, right) => length !== right),
    lengthGt: () => ofLength((length, right) => length > right),
    lengthLt: () => ofLength((length, right) => length < right),
    lengthGte: () => ofLength((length, right) => length >= right),
    lengthLte: () => ofLength((length, right) => length <= right),
  },
  object: { equals: () => sameValue, notEquals: () => not(sameValue) },
  any: { equals: () => sameValue, notEquals: () => not(sameValue) },
};

/** First-generation names that hand-written and generated files use with newer conditions. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['equal', 'equals'],
  ['notEqual', 'notEquals'],
  ['larger', 'gt'],
  ['largerEqual', 'gte'],
  ['smaller', 'lt'],
  ['smallerEqual', 'lte'],
  ['isEmpty', 'empty'],
  ['isNotEmpty', 'notEmpty'],
  ['notTrue', 'false'],
  ['notFalse', 'true'],
]);

export interface Operator {
  type: string;
  operation: string;
  rightType: string;
  unary: boolean;
  compare: Compare;
}

/** Finds an operator by n8n's type and operation names; undefined when there is none. */
export function operatorOf(type: string, named: string, rightType?: string): Operator | undefined {
  const operation = ALIASES.get(named) ?? named;
  const unary = Object.hasOwn(UNARY, operation) ? UNARY[operation] : undefined;
  if (unary) return { type, operation, rightType: 'any', unary: true, compare: unary };
  const family = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;
  const make = family && Object.hasOwn(family, operation) ? family[operation] : undefined;
  return (
    make && { type, operation, rightType: rightType ?? rightTypeOf(type, operation), unary: false, compare: make() }
  );
}

function rightTypeOf(type: string, operation: string): string {
  if (type !== 'array') return type;
  if (operation.startsWith('length')) return 'number';
  return operation.endsWith('ontains') ? 'any' : 'array';
}
