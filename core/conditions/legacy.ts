import { isBlank } from '../data/canonical.ts';
import type { Json, JsonObject } from '../data/item.ts';
import type { Scope } from '../expression/scope.ts';
import { type CompileKit, NodeError } from '../node/kit.ts';
import type { Condition } from './condition.ts';
import { asText } from './convert.ts';
import { toMoment } from './date.ts';
import { patternTester } from './pattern.ts';

/** Types of first-generation conditions; each has the operation and values its forms start with. */
const LEGACY_DEFAULTS: Readonly<Record<string, { operation: string; value: Json }>> = {
  boolean: { operation: 'equal', value: false },
  dateTime: { operation: 'after', value: '' },
  number: { operation: 'smaller', value: 0 },
  string: { operation: 'equal', value: '' },
};

type Compare = (left: Json | undefined, right: Json | undefined, zone: string) => boolean;

const text = (value: Json | undefined): string => (value === undefined || value === null ? '' : asText(value));
const texts =
  (test: (left: string, right: string) => boolean): Compare =>
  (left, right) =>
    test(text(left), text(right));
/** Missing counts as 0, as those versions always did. */
const numbers =
  (test: (left: number, right: number) => boolean): Compare =>
  (left, right) =>
    test(Number(left ?? 0), Number(right ?? 0));
const moments =
  (test: (left: number, right: number) => boolean): Compare =>
  (left, right, zone) =>
    test(toMoment(left, zone)?.toMillis() ?? Number.NaN, toMoment(right, zone)?.toMillis() ?? Number.NaN);

const OPERATIONS: Readonly<Record<string, () => Compare>> = {
  after: () => moments((left, right) => left > right),
  before: () => moments((left, right) => left < right),
  contains: () => texts((left, right) => left.includes(right)),
  notContains: () => texts((left, right) => !left.includes(right)),
  startsWith: () => texts((left, right) => left.startsWith(right)),
  notStartsWith: () => texts((left, right) => !left.startsWith(right)),
  endsWith: () => texts((left, right) => left.endsWith(right)),
  notEndsWith: () => texts((left, right) => !left.endsWith(right)),
  equal: () => (left, right) => left === right,
  notEqual: () => (left, right) => left !== right,
  larger: () => numbers((left, right) => left > right),
  largerEqual: () => numbers((left, right) => left >= right),
  smaller: () => numbers((left, right) => left < right),
  smallerEqual: () => numbers((left, right) => left <= right),
  isEmpty: () => (left) => isBlank(left),
  isNotEmpty: () => (left) => !isBlank(left),
  regex: () => texts(patternTester()),
  notRegex: () => {
    const test = patternTester();
    return texts((left, right) => !test(left, right));
  },
};

/** Compiles one `{value1, operation, value2}` of a type. Throws NodeError for an unknown operation. */
export function compileLegacy(kit: Pick<CompileKit, 'value'>, type: string, entry: JsonObject): Condition {
  const defaults = Object.hasOwn(LEGACY_DEFAULTS, type) ? LEGACY_DEFAULTS[type] : undefined;
  const operation = String(entry.operation ?? defaults?.operation ?? 'equal');
  const make = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  if (!make) throw new NodeError('unknown-operator', `There is no comparison "${operation}" for the type "${type}".`);
  const compare = make();
  const left = kit.value(entry.value1 ?? defaults?.value);
  const right = kit.value(entry.value2 ?? defaults?.value);
  return (scope: Scope) => compare(left.at(scope), right.at(scope), scope.zone);
}

/** Compiles `{boolean:[…], dateTime:[…], number:[…], string:[…]}` of If v1 and Filter v1. */
export function compileLegacyGroup(
  kit: Pick<CompileKit, 'value'>,
  raw: Json | undefined,
  any: 'any' | 'all',
): Condition {
  const groups = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : {};
  const tests = Object.keys(LEGACY_DEFAULTS).flatMap((type) => {
    const list = groups[type];
    return Array.isArray(list) ? list.map((entry) => compileLegacy(kit, type, (entry ?? {}) as JsonObject)) : [];
  });
  return any === 'any' ? (scope) => tests.some((test) => test(scope)) : (scope) => tests.every((test) => test(scope));
}
