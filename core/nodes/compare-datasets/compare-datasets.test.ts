import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import { itemsOf, jsonOf, outputsOf } from '../testing.ts';
import { node } from './index.ts';

const byId = { mergeByFields: { values: [{ field1: 'id', field2: 'id' }] } };
const compare = (a: Json[], b: Json[], parameters: JsonObject = {}, version = 2.3): JsonObject[][] =>
  jsonOf(node, { version, parameters: { ...byId, ...parameters }, inputs: [itemsOf(a), itemsOf(b)] });

describe('compare-datasets', () => {
  it('[CMP1] sorts items into A only, same, different, B only', ({ expect }) => {
    const a = [{ id: 1, v: 1 }, { id: 2, v: 2 }, { id: 3 }];
    const b = [{ id: 4 }, { id: 2, v: 0 }, { v: 1, id: 1 }];
    expect(compare(a, b)).toEqual([
      [{ id: 3 }],
      [{ id: 1, v: 1 }],
      [{ keys: { id: 2 }, same: { id: 2 }, different: { v: { inputA: 2, inputB: 0 } } }],
      [{ id: 4 }],
    ]);
    expect(compare([], b)[3]).toHaveLength(3);
    expect(outputsOf(node, { parameters: byId, inputs: [itemsOf(a), itemsOf(b)] })[1]?.[0]?.pairedItem).toEqual([
      { item: 0, input: 0 },
      { item: 2, input: 1 },
    ]);
  });

  it('[CMP2] resolves differences: one version, or one with exceptions', ({ expect }) => {
    const [a, b] = [[{ id: 1, v: 1, w: 1 }], [{ id: 1, v: 2, w: 2 }]];
    const different = (parameters: JsonObject, version?: number): JsonObject | undefined =>
      compare(a, b, parameters, version)[2]?.[0];
    expect(different({ resolve: 'preferInput1' })).toEqual(a[0]);
    expect(different({ resolve: 'preferInput2' })).toEqual(b[0]);
    expect(different({ resolve: 'mix', exceptWhenMix: 'w' })).toEqual({ id: 1, v: 1, w: 2 });
    expect(different({ resolve: 'mix', preferWhenMix: 'input2', exceptWhenMix: 'w' })).toEqual({ id: 1, v: 2, w: 1 });
    expect(different({}, 1)).toEqual(b[0]);
    expect(different({ resolve: 'includeBoth' }, 1)).toMatchObject({ different: { v: { input1: 1, input2: 2 } } });
    expect(() => different({ resolve: 'coin' })).toThrow('cannot resolve differences by "coin"');
  });

  it('[CMP3] forgives types when told to', ({ expect }) => {
    const a = ['[1,2]', 25, 'tRuE', false, null, '{"a":1}', 'x'].map((v, id) => ({ id, v }));
    const b = [[1, 2], '25', 1, 'FALSE', [], { a: 1 }, 'y'].map((v, id) => ({ id: String(id), v }));
    const [, same, different] = compare(a, b, { fuzzyCompare: true });
    expect(same).toHaveLength(6);
    expect(different).toHaveLength(1);
    expect(compare(a, b)[1]).toEqual([]);
  });

  it('[CMP4] shows skipped differences apart, fields and paths', ({ expect }) => {
    const a = [{ id: 1, o: { x: 1, y: 1 }, p: 1 }];
    const b = [{ id: 1, o: { x: 2, y: 2 }, p: 2 }];
    expect(compare(a, b, { options: { skipFields: 'o, p' } })[1]).toEqual(a);
    expect(compare(a, b, { options: { skipFields: 'o.x, p' } })[2]).toEqual([
      {
        keys: { id: 1 },
        same: { id: 1 },
        different: { o: { inputA: { y: 1 }, inputB: { y: 2 } } },
        skipped: { o: { inputA: { x: 1 }, inputB: { x: 2 } }, p: { inputA: 1, inputB: 2 } },
      },
    ]);
  });

  it('[CMP5] compares with the first match or with all', ({ expect }) => {
    const [a, b] = [
      [{ id: 1 }],
      [
        { id: 1, v: 1 },
        { id: 1, v: 2 },
      ],
    ];
    expect(compare(a, b)[3]).toEqual([{ id: 1, v: 2 }]);
    const all = compare(a, b, { options: { multipleMatches: 'all' } });
    expect([all[2]?.length, all[3]]).toEqual([2, []]);
    expect(() => compare(a, b, { mergeByFields: { values: [{}] } })).toThrow('Name at least one field');
  });

  it('[NOD2] hostile names are fields like others', ({ expect }) => {
    const a = JSON.parse('[{"id":1,"__proto__":1,"constructor":1}]') as Json[];
    const b = JSON.parse('[{"id":1,"__proto__":2,"constructor":1}]') as Json[];
    const [found] = compare(a, b)[2] ?? [];
    expect(JSON.stringify(found)).toContain('"different":{"__proto__":{"inputA":1,"inputB":2}}');
  });
});
