import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../data/item.ts';
import { node as itemLists } from './item-lists/index.ts';
import { node as limit } from './limit/index.ts';
import { node as removeDuplicates } from './remove-duplicates/index.ts';
import { node as renameKeys } from './rename-keys/index.ts';
import { node as sort } from './sort/index.ts';
import { sortingCode } from './sort/sorting-code.ts';
import { compileFor, jsonOf, outputsOf, runNode } from './testing.ts';

describe('limit', () => {
  it('[LIM1] keeps the first or last', ({ expect }) => {
    const items = [{ n: 1 }, { n: 2 }, { n: 3 }];
    expect(outputsOf(limit, { items })).toEqual([[{ json: { n: 1 }, pairedItem: 0 }]]);
    expect(
      outputsOf(limit, { items, parameters: { keep: 'lastItems', maxItems: 2 } })[0]?.map(
        ({ pairedItem }) => pairedItem,
      ),
    ).toEqual([1, 2]);
    expect(jsonOf(limit, { items, parameters: { maxItems: 9 } })[0]).toHaveLength(3);
  });
});

describe('sort', () => {
  const by = (...fields: [name: string, order?: string][]): JsonObject => ({
    sortFieldsUi: {
      sortField: fields.map(([fieldName, order]) => (order === undefined ? { fieldName } : { fieldName, order })),
    },
  });
  const sorted = (parameters: JsonObject, values: Json[]): Json[] | undefined =>
    jsonOf(sort, { parameters, items: values.map((v) => ({ v })) })[0]?.map((json) => json.v as Json);

  it('[SRT1] by fields: text without case, missing last both ways, equal ones in place', ({ expect }) => {
    expect(sorted(by(['v']), ['b', null, 'A', 'c'])).toEqual(['A', 'b', 'c', null]);
    expect(sorted(by(['v', 'descending']), ['b', null, 'A', 'c'])).toEqual(['c', 'b', 'A', null]);
    expect(sorted(by(['v']), [10, 9, 'x', 1])).toEqual([1, 9, 10, 'x']);
    const items = [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 0, b: 3 },
    ];
    expect(
      outputsOf(sort, { parameters: by(['a'], ['b', 'descending']), items })[0]?.map(({ pairedItem }) => pairedItem),
    ).toEqual([2, 1, 0]);
    expect(() => sorted(by(['none']), [1])).toThrow("No item has the field 'none' to sort by.");
  });

  it('[NOD5] [SRT1] by chance: the step’s own', ({ expect }) => {
    const values = [1, 2, 3, 4];
    expect(sorted({ type: 'random' }, values)).toEqual(sorted({ type: 'random' }, values));
    expect(sorted({ type: 'random' }, values)?.toSorted()).toEqual(values);
  });

  it('[SRT1] by code: handed to the code sandbox, old sloppy names declared', ({ expect }) => {
    const code = "field = 'v';\nlet known = 1; known = 2;\nreturn a.json[field] - b.json[field];";
    expect(sortingCode(code).startsWith('var field;\n')).toBe(true);
    const result = runNode(sort, { parameters: { type: 'code', code }, items: [{ v: 2 }, { v: 1 }] });
    expect(result).toMatchObject({ kind: 'effect', effect: { kind: 'code', payload: { code: sortingCode(code) } } });
    expect(sortingCode('return (')).toContain('return (');
  });
});

describe('rename-keys', () => {
  const renamed = (parameters: JsonObject, json: JsonObject): JsonObject | undefined =>
    jsonOf(renameKeys, { parameters, items: [json] })[0]?.[0];
  const keys = (...pairs: [string, string][]): JsonObject => ({
    keys: { key: pairs.map(([currentKey, newKey]) => ({ currentKey, newKey })) },
  });

  it('[RNK1] renames by path and leaves the input alone', ({ expect }) => {
    const json = { a: { b: 1 }, c: 2 };
    expect(renamed(keys(['a.b', 'x.y'], ['c', 'd'], ['none', 'e'], ['d', '']), json)).toEqual({
      a: {},
      x: { y: 1 },
      d: 2,
    });
    expect(json).toEqual({ a: { b: 1 }, c: 2 });
  });

  it('[RNK2] renames by pattern, to a depth', ({ expect }) => {
    const by = (options: JsonObject): JsonObject => ({
      additionalOptions: {
        regexReplacement: { replacements: [{ searchRegex: '^user_(\\w)', replaceRegex: 'p-$1', options }] },
      },
    });
    const json = { user_a: { user_b: [{ user_c: 1 }] }, USER_D: 2 };
    expect(renamed(by({}), json)).toEqual({ 'p-a': { 'p-b': [{ 'p-c': 1 }] }, USER_D: 2 });
    expect(renamed(by({ depth: 0, caseInsensitive: true }), json)).toEqual({
      'p-a': { user_b: [{ user_c: 1 }] },
      'p-D': 2,
    });
  });
});

describe('remove-duplicates', () => {
  const items = [{ a: 1, o: { x: 1, y: 2 } }, { o: { y: 2, x: 1 }, a: 1 }, { a: 1, o: { x: 2 } }, { a: '1' }];
  const kept = (parameters: JsonObject, version = 2): JsonObject[] | undefined =>
    jsonOf(removeDuplicates, { parameters, version, items })[0];

  it('[DUP1] keeps the first of equals', ({ expect }) => {
    expect(kept({})).toEqual([items[0], items[2], items[3]]);
    expect(kept({ compare: 'selectedFields', fieldsToCompare: 'a' })).toEqual([items[0], items[3]]);
    expect(kept({ compare: 'allFieldsExcept', fieldsToExclude: 'o', options: { removeOtherFields: true } })).toEqual([
      { a: 1 },
      { a: '1' },
    ]);
    expect(() => kept({ compare: 'selectedFields', fieldsToCompare: 'o.x' }, 1)).toThrow(
      "no field 'o.x' to compare [item 3]",
    );
  });
});

describe('item-lists', () => {
  it('[ITL1] does what the single nodes do', ({ expect }) => {
    const items = [{ l: [1, 2] }];
    expect(jsonOf(itemLists, { parameters: { fieldToSplitOut: 'l' }, items })[0]).toEqual([{ l: 1 }, { l: 2 }]);
    expect(jsonOf(itemLists, { parameters: { operation: 'limit' }, items: [{}, {}] })[0]).toHaveLength(1);
    expect(
      jsonOf(itemLists, { parameters: { operation: 'concatenateItems', aggregate: 'aggregateAllItemData' }, items })[0],
    ).toEqual([{ data: items }]);
    expect(() => compileFor(itemLists, { parameters: { operation: 'juggle' } })).toThrow('no operation "juggle"');
  });

  it('[ITL1] before 2.1 a field nobody has fails', ({ expect }) => {
    const split = { fieldToSplitOut: 'none' };
    expect(() => jsonOf(itemLists, { parameters: split, version: 2 })).toThrow("no field 'none'");
    expect(jsonOf(itemLists, { parameters: split, version: 2.1 })).toEqual([[]]);
  });
});
