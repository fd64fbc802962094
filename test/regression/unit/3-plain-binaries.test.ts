import { describe, it } from 'vitest';
import type { Item, JsonObject } from '../../../core/data/item.ts';
import type { NodeType } from '../../../core/node/kit.ts';
import { node as aggregate } from '../../../core/nodes/aggregate/index.ts';
import { node as merge } from '../../../core/nodes/merge/index.ts';
import { outputsOf, sent } from '../../../core/nodes/testing.ts';

const file = (name: string): Item => ({
  json: { id: 1 },
  binary: { [name]: { mimeType: 'text/plain', data: 'aGk=' } },
});

describe('files of items that were put together', () => {
  it.for<[string, NodeType, JsonObject]>([
    ['aggregate', aggregate, { aggregate: 'aggregateAllItemData', options: { includeBinaries: true } }],
    ['merge', merge, { mode: 'combine', combineBy: 'combineByPosition' }],
  ])('[TRF3] can be sent to the executor after %s', ([, type, parameters], { expect }) => {
    const inputs = type === merge ? [[file('a')], [file('__proto__')]] : [[file('a'), file('__proto__')]];
    const [[made] = []] = outputsOf(type, { inputs, parameters });
    expect(Object.keys(sent(made)?.binary ?? {}).toSorted()).toEqual(['__proto__', 'a']);
  });
});
