import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { jsonOf, outputsOf } from '../testing.ts';
import { node } from './index.ts';

const items = [
  { city: 'Rome', n: 3, when: '2024-02-01' },
  { city: 'Oslo', n: 5, when: '2024-01-01' },
  { city: 'Rome', n: '4', when: '' },
  { city: null, n: null },
];
const measure = (aggregation: string, field: string, more: JsonObject = {}): JsonObject => ({
  aggregation,
  field,
  ...more,
});
const summarize = (values: JsonObject[], more: JsonObject = {}, version = 1.1): JsonObject[] | undefined =>
  jsonOf(node, { parameters: { fieldsToSummarize: { values }, ...more }, version, items })[0];

describe('summarize', () => {
  it('[SUM1] measures', ({ expect }) => {
    const values = [
      measure('count', 'n'),
      measure('sum', 'n'),
      measure('average', 'n'),
      measure('min', 'when'),
      measure('max', 'n'),
      measure('countUnique', 'city'),
      measure('append', 'when'),
    ];
    expect(summarize(values)).toEqual([
      {
        count_n: 3,
        sum_n: 12,
        average_n: 4,
        min_when: '2024-01-01',
        max_n: 5,
        unique_count_city: 2,
        appended_when: ['2024-02-01', '2024-01-01'],
      },
    ]);
    expect(summarize([measure('concatenate', 'city', { separateBy: 'other', customSeparator: ' + ' })])).toEqual([
      { concatenated_city: 'Rome + Oslo + Rome' },
    ]);
    const mixed = [{ n: 2 }, { n: '10' }, { n: 3 }];
    const extremes = [measure('min', 'n'), measure('max', 'n')];
    expect(jsonOf(node, { parameters: { fieldsToSummarize: { values: extremes } }, items: mixed })[0]).toEqual([
      { min_n: 2, max_n: '10' },
    ]);
    expect(summarize([measure('append', 'n', { includeEmpty: true })])).toEqual([{ appended_n: [3, 5, '4', null] }]);
    expect(summarize([measure('average', 'none'), measure('min', 'none')])).toEqual([
      { average_none: null, min_none: null },
    ]);
    expect(() => summarize([measure('none', 'n')], {}, 1)).toThrow('Summarize cannot "none"');
    expect(() => summarize([measure('sum', 'none')], {}, 1)).toThrow("No item has the field 'none'.");
  });

  it('[SUM2] groups keep the order and type of their values', ({ expect }) => {
    const sum = [measure('sum', 'n')];
    expect(summarize(sum, { fieldsToSplitBy: 'city' })).toEqual([
      { city: 'Rome', sum_n: 7 },
      { city: 'Oslo', sum_n: 5 },
      { city: null, sum_n: 0 },
    ]);
    expect(summarize(sum, { fieldsToSplitBy: 'city', options: { skipEmptySplitFields: true } })).toHaveLength(2);
    expect(
      summarize(sum, {
        fieldsToSplitBy: 'city,when',
        options: { outputFormat: 'singleItem', skipEmptySplitFields: true },
      }),
    ).toEqual([{ Rome: { '2024-02-01': { sum_n: 3 } }, Oslo: { '2024-01-01': { sum_n: 5 } } }]);
  });

  it('[SUM2] rows link to their items', ({ expect }) => {
    const parameters = { fieldsToSummarize: { values: [measure('count', 'n')] }, fieldsToSplitBy: 'city' };
    expect(outputsOf(node, { parameters, items })[0]?.[0]?.pairedItem).toEqual([{ item: 0 }, { item: 2 }]);
  });

  it('[NOD2] groups with hostile names', ({ expect }) => {
    const parameters = {
      fieldsToSummarize: { values: [measure('count', 'k')] },
      fieldsToSplitBy: 'k',
      options: { outputFormat: 'singleItem' },
    };
    const [[made] = []] = jsonOf(node, { parameters, items: [{ k: '__proto__' }, { k: 'constructor' }] });
    expect(Object.keys(made ?? {})).toEqual(['__proto__', 'constructor']);
  });
});
