import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../data/item.ts';
import type { Scope } from '../expression/scope.ts';
import { compileConditions } from './condition.ts';
import { toMoment } from './date.ts';
import { compileLegacyGroup } from './legacy.ts';
import { compilePattern } from './pattern.ts';
import { parseRelaxed } from './relaxed-json.ts';

const kit = { value: <T>(raw: unknown) => ({ constant: true, at: () => raw as T }) };
const scope = { itemIndex: 3, zone: 'Europe/Berlin' } as Scope;

const test = (
  leftValue: Json,
  [type, operation]: [string, string],
  rightValue: Json = null,
  options: JsonObject = {},
): boolean =>
  compileConditions(kit, {
    combinator: 'and',
    options,
    conditions: [{ leftValue, rightValue, operator: { type, operation } }],
  })(scope);

describe('conditions', () => {
  it('[CND1] no conditions hold for everything; `or` needs one', ({ expect }) => {
    expect(compileConditions(kit, {})(scope)).toBe(true);
    expect(compileConditions(kit, { combinator: 'or', conditions: [] })(scope)).toBe(false);
  });

  it('[CND1] wrong types are named with their item', ({ expect }) => {
    expect(() => test('5', ['number', 'gt'], 1)).toThrow(
      "Wrong type: '5' is a string but was expecting a number [condition 0, item 3]",
    );
    expect(() => test({ a: 1 }, ['string', 'equals'], 'x')).toThrow(
      'Wrong type: \'{"a":1}\' is an object but was expecting a string',
    );
    expect(() => test('x', ['array', 'lengthGt'], 1)).toThrow('expecting an array');
    expect(test('5', ['number', 'gt'], 1, { typeValidation: 'loose' })).toBe(true);
  });

  it('[CND3] a missing number compares with nothing', ({ expect }) => {
    for (const operation of ['equals', 'gt', 'lt', 'gte', 'lte']) {
      expect(test(null, ['number', operation], 0)).toBe(false);
      expect(test(null, ['number', operation], null)).toBe(false);
    }
  });

  it('[CND4] presence does not depend on the type', ({ expect }) => {
    expect(test(5, ['string', 'exists'])).toBe(true);
    expect(test(null, ['number', 'notExists'])).toBe(true);
  });

  it('[CND5] patterns are linear and failures have a name', ({ expect }) => {
    expect(test(`${'a'.repeat(50_000)}!`, ['string', 'regex'], '^(a+)+$')).toBe(false);
    expect(test('Foo', ['string', 'regex'], '/^foo$/i')).toBe(true);
    expect(test('x\ny', ['string', 'regex'], '/^y$/m')).toBe(true);
    expect(() => test('x', ['string', 'regex'], '(')).toThrow('is not a regular expression');
    expect(() => compilePattern('(?=x)')).toThrow('is not a regular expression');
  });

  it('[CND6] dates without an offset are local to the zone', ({ expect }) => {
    expect(test('2024-07-01T10:00:00', ['dateTime', 'equals'], '2024-07-01T08:00:00Z')).toBe(true);
    expect(test('1 Jul 2024 10:00', ['dateTime', 'equals'], '2024-07-01T08:00:00Z')).toBe(true);
    expect(toMoment(1_700_000_000, 'utc')?.toMillis()).toBe(1_700_000_000_000);
    for (const wrong of ['soon', '', 'tomorrow at noon', null, true, {}]) {
      expect(toMoment(wrong, 'utc')).toBeUndefined();
    }
  });

  it('[CND7] old names mean new operators, unknown ones fail at once', ({ expect }) => {
    expect(test('a', ['string', 'isNotEmpty'])).toBe(true);
    expect(test(3, ['number', 'larger'], 2)).toBe(true);
    for (const operation of ['constructor', '__proto__', 'sounds like']) {
      expect(() => test('a', ['string', operation])).toThrow('There is no comparison');
    }
  });

  it('[IF1] first-generation conditions have their own defaults and operations', ({ expect }) => {
    const holds = (conditions: JsonObject, any: 'any' | 'all' = 'all'): boolean =>
      compileLegacyGroup(kit, conditions, any)(scope);
    expect(holds({ number: [{ value1: 1, value2: 2 }] })).toBe(true);
    expect(holds({ string: [{ value1: 'a', value2: 'a' }] })).toBe(true);
    expect(holds({ string: [{ value1: 'abc', operation: 'notStartsWith', value2: 'ab' }] })).toBe(false);
    expect(holds({ dateTime: [{ value1: '2024-01-02', value2: '2024-01-01' }] })).toBe(true);
    expect(holds({ string: [{ value1: [], operation: 'isEmpty' }], number: [{ value1: 3, value2: 2 }] }, 'any')).toBe(
      true,
    );
    expect(holds({})).toBe(true);
  });

  it('[CND2] relaxed JSON reads what people type, and nothing else', ({ expect }) => {
    expect(parseRelaxed('{a: \'x\', "b": [1, 2,], // note\n c: undefined,}')).toEqual({ a: 'x', b: [1, 2], c: null });
    expect(Object.keys(parseRelaxed('{__proto__: {x: 1}}') as JsonObject)).toEqual(['__proto__']);
    for (const wrong of ['', '{', '{a b}', '[1 2]', 'alert(1)', '{a: 1} x', "'open", '['.repeat(500)]) {
      expect(parseRelaxed(wrong)).toBeUndefined();
    }
  });
});
