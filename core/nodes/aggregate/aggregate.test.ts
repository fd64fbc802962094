import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { jsonOf, outputsOf } from '../testing.ts';
import { node } from './index.ts';

const items = [{ a: 1, o: { v: ['x'] } }, { a: null, o: { v: ['y', 'z'] } }, { b: 2 }];
const aggregate = (parameters: JsonObject): JsonObject | undefined => jsonOf(node, { parameters, items })[0]?.[0];
const fields = (...names: string[]): JsonObject => ({
  fieldsToAggregate: { fieldToAggregate: names.map((name) => ({ fieldToAggregate: name })) },
});

describe('aggregate', () => {
  it('[AGG1] one list per field, named by the last part of the path', ({ expect }) => {
    expect(aggregate(fields('a', 'o.v'))).toEqual({ a: [1], v: [['x'], ['y', 'z']] });
    expect(aggregate({ ...fields('a', 'o.v'), options: { mergeLists: true, keepMissing: true } })).toEqual({
      a: [1, null, null],
      v: ['x', 'y', 'z', null],
    });
    expect(
      aggregate({
        fieldsToAggregate: {
          fieldToAggregate: [{ fieldToAggregate: 'a', renameField: true, outputFieldName: 'all.of' }],
        },
      }),
    ).toEqual({ all: { of: [1] } });
    expect(aggregate(fields('nobody'))).toEqual({ nobody: [] });
  });

  it('[AGG1] whole items, or parts of them', ({ expect }) => {
    const all = { aggregate: 'aggregateAllItemData' };
    expect(aggregate(all)).toEqual({ data: items });
    expect(
      aggregate({ ...all, destinationFieldName: 'list', include: 'specifiedFields', fieldsToInclude: 'a' }),
    ).toEqual({ list: [{ a: 1 }, { a: null }] });
    expect(aggregate({ ...all, include: 'allFieldsExcept', fieldsToExclude: 'a, o' })).toEqual({ data: [{ b: 2 }] });
  });

  it('[AGG1] links to every item and can gather their files', ({ expect }) => {
    const file = (id: string): { f: { mimeType: string; id: string } } => ({ f: { mimeType: 'a/b', id } });
    const inputs = [
      [
        { json: {}, binary: file('1') },
        { json: {}, binary: file('2') },
        { json: {}, binary: file('1') },
      ],
    ];
    const [[made] = []] = outputsOf(node, {
      parameters: { aggregate: 'aggregateAllItemData', options: { includeBinaries: true, keepOnlyUnique: true } },
      inputs,
    });
    expect(made?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
    expect({ ...made?.binary }).toEqual({ f: { mimeType: 'a/b', id: '1' }, f_1: { mimeType: 'a/b', id: '2' } });
  });
});
