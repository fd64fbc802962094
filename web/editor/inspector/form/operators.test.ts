import { describe, it } from 'vitest';
import { compileConditions } from '../../../../core/conditions/index.ts';
import type { Scope } from '../../../../core/expression/scope.ts';
import { isUnary, OPERATORS, rightTypeOf } from './operators.ts';

const kit = { value: <T>(raw: unknown) => ({ constant: true, at: () => raw as T }) };
const VALUES: Readonly<Record<string, unknown>> = {
  string: 'a',
  number: 1,
  boolean: true,
  dateTime: '2026-01-01',
  array: ['a'],
  object: {},
  any: 'a',
};

describe('the comparisons a form offers', () => {
  it('are all known to what decides them', ({ expect }) => {
    const tried: string[] = [];
    for (const [type, operations] of OPERATORS) {
      for (const operation of operations) {
        const rightType = rightTypeOf(type, operation);
        const rightValue = isUnary(operation) ? '' : VALUES[rightType];
        const operator = { type, operation, rightType, singleValue: isUnary(operation) };
        const filter = { conditions: [{ leftValue: VALUES[type], rightValue, operator }] };
        const holds = compileConditions(kit, filter as never);
        expect(typeof holds({ itemIndex: 0, zone: 'UTC' } as Scope), `${type} ${operation}`).toBe('boolean');
        tried.push(operation);
      }
    }
    expect(tried.length).toBeGreaterThan(40);
  });
});
