import { describe, it } from 'vitest';
import type { Item, Outputs } from '../data/item.ts';
import { packOutputs, unpackOutputs } from './pack.ts';

const input: Item[] = [0, 1, 2].map((n) => ({ json: { n }, pairedItem: n }));
const roundTrip = (outputs: Outputs): unknown =>
  unpackOutputs(JSON.parse(JSON.stringify(packOutputs(outputs, [input]))) as Outputs, [input]);

describe('packed outputs', () => {
  const cases: [string, Outputs][] = [
    ['items passed through whole', [input]],
    ['some items passed through, on two outputs', [[input[2] as Item], [input[0] as Item]]],
    [
      'new items one for one',
      [
        [
          { json: { a: 1 }, pairedItem: 0 },
          { json: { a: 2 }, pairedItem: 1 },
        ],
      ],
    ],
    [
      'many items from one',
      [
        [
          { json: { a: 1 }, pairedItem: 2 },
          { json: { a: 2 }, pairedItem: 2 },
        ],
      ],
    ],
    [
      'items in another order',
      [
        [
          { json: { a: 1 }, pairedItem: 2 },
          { json: { a: 2 }, pairedItem: 0 },
        ],
      ],
    ],
    ['items without lineage', [[{ json: { a: 1 } }]]],
    [
      'files, errors and long lineage',
      [
        [{ json: {}, binary: { f: { mimeType: 'a/b', id: 'x' } }, pairedItem: [{ item: 1 }] }],
        [{ json: {}, error: { message: 'no' } }],
      ],
    ],
    ['outputs that did not fire', [null, [], input]],
  ];
  for (const [name, outputs] of cases) {
    it(`gives back ${name}`, ({ expect }) => {
      expect(roundTrip(outputs)).toEqual(outputs);
    });
  }

  it('writes no JSON of items that pass through', ({ expect }) => {
    const big: Item[] = [{ json: { text: 'x'.repeat(10_000) }, pairedItem: 0 }];
    expect(JSON.stringify(packOutputs([big], [big])).length).toBeLessThan(100);
  });
});
