import path from 'node:path';
import { describe, it } from 'vitest';
import { absent, DATA, readCollection } from '../../test/conformance/collection.ts';
import { checkFilter } from '../../test/conformance/filter-cases.ts';

describe('n8n’s recorded filters', () => {
  it('[CND1] [CND2] decide and convert as recorded', ({ expect, skip }) => {
    skip(absent('filter') !== undefined, absent('filter'));
    const { filter } = readCollection(path.join(DATA, 'filter'));
    const wrong = filter.flatMap((each) => {
      const why = checkFilter(each);
      return why === undefined ? [] : [`${each.id} ${each.name}: ${why}`];
    });
    expect(wrong).toEqual([]);
    expect(filter.length).toBeGreaterThan(150);
  });
});
