import { describe, it } from 'vitest';
import { jsonOf, outputsOf } from '../testing.ts';
import { node } from './index.ts';

const parameters = {
  conditions: {
    combinator: 'and',
    conditions: [{ leftValue: '={{ $json.n }}', rightValue: 2, operator: { type: 'number', operation: 'gte' } }],
  },
};

describe('filter', () => {
  it('[FLT1] keeps what holds, linked to where it was', ({ expect }) => {
    expect(outputsOf(node, { parameters, items: [{ n: 1 }, { n: 2 }] })).toEqual([[{ json: { n: 2 }, pairedItem: 1 }]]);
  });

  it('[FLT1] an item that cannot be tested fails, or is dropped', ({ expect }) => {
    const items = [{ n: 'x' }, { n: 3 }];
    expect(() => jsonOf(node, { parameters, items })).toThrow('Wrong type');
    expect(jsonOf(node, { parameters, items, continueOnFail: true })).toEqual([[{ n: 3 }]]);
  });

  it('[FLT1] version 1 combines with AND, or OR', ({ expect }) => {
    const conditions = {
      boolean: [
        { value1: '={{ $json.a }}', value2: true },
        { value1: '={{ $json.b }}', value2: true },
      ],
    };
    const items = [
      { a: true, b: true },
      { a: true, b: false },
    ];
    expect(jsonOf(node, { version: 1, parameters: { conditions }, items })[0]).toHaveLength(1);
    expect(jsonOf(node, { version: 1, parameters: { conditions, combineConditions: 'OR' }, items })[0]).toHaveLength(2);
  });
});
