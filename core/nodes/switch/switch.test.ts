import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { jsonOf } from '../testing.ts';
import { node } from './index.ts';

const rule = (operation: string, rightValue: number): JsonObject => ({
  conditions: {
    combinator: 'and',
    conditions: [{ leftValue: '={{ $json.n }}', rightValue, operator: { type: 'number', operation } }],
  },
});
const items = [{ n: 1 }, { n: 5 }, { n: 9 }];

describe('switch', () => {
  it('[SWI1] the first rule that holds decides', ({ expect }) => {
    const parameters = { rules: { values: [rule('gt', 8), rule('gt', 4)] } };
    expect(jsonOf(node, { parameters, items })).toEqual([[{ n: 9 }], [{ n: 5 }]]);
  });

  it('[SWI1] all rules that hold, when asked', ({ expect }) => {
    const parameters = { rules: { values: [rule('gt', 8), rule('gt', 4)] }, options: { allMatchingOutputs: true } };
    expect(jsonOf(node, { parameters, items })).toEqual([[{ n: 9 }], [{ n: 5 }, { n: 9 }]]);
  });

  it('[SWI2] without a match: an extra output, or one named', ({ expect }) => {
    const rules = { values: [rule('gt', 8), rule('gt', 4)] };
    expect(jsonOf(node, { parameters: { rules, options: { fallbackOutput: 'extra' } }, items })).toEqual([
      [{ n: 9 }],
      [{ n: 5 }],
      [{ n: 1 }],
    ]);
    expect(jsonOf(node, { parameters: { rules, options: { fallbackOutput: 0 } }, items })[0]).toEqual([
      { n: 1 },
      { n: 9 },
    ]);
  });

  it('[SWI3] an expression names the output', ({ expect }) => {
    const parameters = { mode: 'expression', numberOutputs: 3, output: '={{ $json.o }}' };
    expect(jsonOf(node, { parameters, items: [{ o: 2 }, { o: 0 }] })).toEqual([[{ o: 0 }], [], [{ o: 2 }]]);
    expect(() => jsonOf(node, { parameters, items: [{ o: 3 }] })).toThrow('There is no output 3: use 0 to 2 [item 0]');
    expect(() => jsonOf(node, { parameters, items: [{ o: null }, { o: 'x' }] })).toThrow('There is no output');
    expect(jsonOf(node, { parameters, items: [{ o: 7 }], continueOnFail: true })[0]?.[0]?.error).toContain(
      'There is no output 7',
    );
  });

  it('[SWI2] versions 1 and 2 route by index', ({ expect }) => {
    const rules = { rules: [{ value2: 5, operation: 'larger', output: 3 }] };
    const parameters = { dataType: 'number', value1: '={{ $json.n }}', rules, fallbackOutput: 1 };
    expect(jsonOf(node, { version: 1, parameters, items })).toEqual([[], [{ n: 1 }, { n: 5 }], [], [{ n: 9 }]]);
    expect(jsonOf(node, { version: 2, parameters: { ...parameters, fallbackOutput: -1 }, items })).toEqual([
      [{ n: 9 }],
    ]);
  });
});
