import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { jsonOf } from '../testing.ts';
import { node } from './index.ts';

const run = (parameters: JsonObject, continueOnFail = false): JsonObject[] | undefined =>
  jsonOf(node, { parameters, continueOnFail, items: [{ a: 1 }] })[0];

describe('debug-helper', () => {
  it('[DBG1] fails on purpose, or does nothing', ({ expect }) => {
    expect(() => run({})).toThrow('Node has thrown an error');
    expect(run({ throwErrorMessage: 'as told' }, true)).toEqual([{ error: 'as told' }]);
    expect(run({ category: 'doNothing' })).toEqual([{ a: 1 }]);
    expect(() => run({ category: 'oom' })).toThrow('cannot "oom" here');
  });

  it('[DBG2] makes up data of every kind, the same for the same seed', ({ expect }) => {
    const { options = [] } = node.fields.find(({ name }) => name === 'randomDataType') ?? {};
    for (const randomDataType of options) {
      const parameters = { category: 'randomData', randomDataType, randomDataCount: 3, randomDataSeed: 'x' };
      const made = run(parameters);
      expect(made).toHaveLength(3);
      expect(made).toEqual(run(parameters));
      expect(made).not.toEqual(run({ ...parameters, randomDataSeed: 'y' }));
    }
    const listed = run({ category: 'randomData', randomDataCount: 2, randomDataSingleArray: true });
    expect(listed?.[0]?.generatedItems).toHaveLength(2);
    expect(() => run({ category: 'randomData', randomDataCount: 1e9 })).toThrow('At most 10000 items');
    expect(() => run({ category: 'randomData', randomDataType: 'nanoId', nanoidLength: 'x' })).toThrow('length');
  });
});
