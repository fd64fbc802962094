import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { jsonOf, outputsOf } from '../testing.ts';
import { node } from './index.ts';

const split = (parameters: JsonObject, json: JsonObject): JsonObject[] | undefined =>
  jsonOf(node, { parameters, items: [json] })[0];

describe('split-out', () => {
  it('[SPL1] makes items of elements', ({ expect }) => {
    expect(split({ fieldToSplitOut: 'l' }, { l: [{ a: 1 }, { a: 2 }], x: 1 })).toEqual([{ a: 1 }, { a: 2 }]);
    expect(split({ fieldToSplitOut: 'l' }, { l: ['p', null, [1]] })).toEqual([{ l: 'p' }, { l: null }, { l: [1] }]);
    expect(split({ fieldToSplitOut: 'o' }, { o: { k: { a: 1 }, m: 2 } })).toEqual([{ a: 1 }, { o: 2 }]);
    expect(split({ fieldToSplitOut: 'deep.l' }, { deep: { l: [1] } })).toEqual([{ 'deep.l': 1 }]);
    expect(split({ fieldToSplitOut: 'none' }, { l: [1] })).toEqual([]);
    expect(() => split({}, {})).toThrow('Name the field to split out.');
  });

  it('[SPL2] several fields side by side, under new names', ({ expect }) => {
    const options = { destinationFieldName: 'a, b' };
    expect(split({ fieldToSplitOut: 'x,y', options }, { x: [1, 2], y: ['p'] })).toEqual([{ a: 1, b: 'p' }, { a: 2 }]);
  });

  it('[SPL2] other fields', ({ expect }) => {
    const json = { l: [{ a: 1 }], keep: { v: 1 }, drop: 2 };
    expect(split({ fieldToSplitOut: 'l', include: 'allOtherFields' }, json)).toEqual([
      { keep: { v: 1 }, drop: 2, l: { a: 1 } },
    ]);
    expect(split({ fieldToSplitOut: 'l', include: 'selectedOtherFields', fieldsToInclude: 'keep.v' }, json)).toEqual([
      { 'keep.v': 1, l: { a: 1 } },
    ]);
  });

  it('[NOD1] links to the item split, whose data stays', ({ expect }) => {
    const items = [{ l: [1] }, { l: [2, 3] }];
    expect(
      outputsOf(node, { parameters: { fieldToSplitOut: 'l' }, items })[0]?.map(({ pairedItem }) => pairedItem),
    ).toEqual([0, 1, 1]);
    expect(items).toEqual([{ l: [1] }, { l: [2, 3] }]);
  });
});
