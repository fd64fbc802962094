import { describe, it } from 'vitest';
import type { Json } from '../../data/item.ts';
import { runNode } from '../testing.ts';
import { node } from './index.ts';

describe('execution-data', () => {
  it('[EXD1] notes facts of every item and passes the items', ({ expect }) => {
    const values: Json[] = [
      { key: 'id', value: '={{ $json.id }}' },
      { key: '={{ "k" }}', value: '={{ $json.o }}' },
    ];
    const items = [{ id: 1 }, { id: 2, o: { a: 1 } }];
    expect(runNode(node, { parameters: { dataToSave: { values } }, items })).toMatchObject({
      outputs: [items.map((json, pairedItem) => ({ json, pairedItem }))],
      customData: { id: '2', k: '{"a":1}' },
    });
    expect(runNode(node, { items })).toMatchObject({ customData: {} });
  });
});
