import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { itemsOf, jsonOf, outputsOf } from '../testing.ts';
import { node } from './index.ts';

const condition = (
  leftValue: string,
  operation: string,
  rightValue: JsonObject[string],
  type = 'number',
): JsonObject => ({
  conditions: {
    combinator: 'and',
    options: { caseSensitive: true },
    conditions: [{ leftValue, rightValue, operator: { type, operation } }],
  },
});

describe('if', () => {
  it('[IF1] splits items by their conditions', ({ expect }) => {
    const trial = { parameters: condition('={{ $json.n }}', 'gt', 1), items: [{ n: 1 }, { n: 2 }, { n: 3 }] };
    expect(jsonOf(node, trial)).toEqual([[{ n: 2 }, { n: 3 }], [{ n: 1 }]]);
  });

  it('[NOD1] shares data, keeps files, links to the input', ({ expect }) => {
    const input = [{ json: { n: 5 }, binary: { data: { mimeType: 'text/plain', id: 'b1' } }, pairedItem: 9 }];
    const [[item] = []] = outputsOf(node, { parameters: condition('={{ $json.n }}', 'gt', 1), inputs: [input] });
    expect(item).toEqual({ json: { n: 5 }, binary: { data: { mimeType: 'text/plain', id: 'b1' } }, pairedItem: 0 });
    expect(item?.json).toBe(input[0]?.json);
    expect(input[0]?.pairedItem).toBe(9);
  });

  it('[NOD3] both outputs are there without items', ({ expect }) => {
    expect(outputsOf(node, { parameters: condition('={{ $json.n }}', 'gt', 1), inputs: [itemsOf([])] })).toEqual([
      [],
      [],
    ]);
  });

  it('[IF2] what cannot be tested fails, or goes to the second output', ({ expect }) => {
    const trial = { parameters: condition('={{ $json.n }}', 'gt', 1), items: [{ n: 'x' }, { n: 2 }] };
    expect(() => jsonOf(node, trial)).toThrow(
      "Wrong type: 'x' is a string but was expecting a number [condition 0, item 0]",
    );
    expect(jsonOf(node, { ...trial, continueOnFail: true })).toEqual([[{ n: 2 }], [{ n: 'x' }]]);
  });

  it('[IF1] looseness may be said by the node instead of the filter', ({ expect }) => {
    const items = [{ n: '2' }];
    const loose = { ...condition('={{ $json.n }}', 'gt', 1), looseTypeValidation: true };
    expect(jsonOf(node, { parameters: loose, items })).toEqual([[{ n: '2' }], []]);
    const older = { ...condition('={{ $json.n }}', 'gt', 1), options: { looseTypeValidation: true } };
    expect(jsonOf(node, { parameters: older, items, version: 2 })).toEqual([[{ n: '2' }], []]);
  });

  it('[IF1] version 1: typed groups, all or any', ({ expect }) => {
    const conditions = {
      number: [{ value1: '={{ $json.n }}', operation: 'larger', value2: 1 }],
      string: [{ value1: '={{ $json.s }}', value2: 'a' }],
    };
    const items = [
      { n: 2, s: 'a' },
      { n: 2, s: 'b' },
      { n: 0, s: 'b' },
    ];
    expect(jsonOf(node, { version: 1, parameters: { conditions }, items })[0]).toEqual([{ n: 2, s: 'a' }]);
    expect(jsonOf(node, { version: 1, parameters: { conditions, combineOperation: 'any' }, items })[1]).toEqual([
      { n: 0, s: 'b' },
    ]);
  });
});
