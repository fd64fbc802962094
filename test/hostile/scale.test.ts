import { afterAll, beforeAll, describe, it } from 'vitest';
import { Canary } from '../served/canary.ts';
import { chain, hook, manual, node, respond, set, workflow } from '../served/documents.ts';
import { Server, itemsOf } from '../served/server.ts';

let server: Server;
let canary: Canary;
beforeAll(async () => {
  server = await Server.start();
  canary = await Canary.of(server);
});
afterAll(() => server.stop());

describe('large but honest', () => {
  it('answers 1,000 webhooks at once, each with its own run', async ({ expect }) => {
    await server.publish(
      chain('Crowd', [hook('crowd', 'responseNode'), set('double', { twice: '={{ $json.body.n * 2 }}' }), respond()]),
    );
    const answers = await canary.during(() =>
      Promise.all(Array.from({ length: 1_000 }, (_, n) => server.hook('crowd', { n }))),
    );
    expect(answers.filter(({ status, json }, n) => status !== 200 || Number(json?.['twice']) !== n * 2).length).toBe(0);
    expect(new Set(answers.map(({ headers }) => headers.get('x-millrace-run'))).size).toBe(1_000);
  });

  it('publishes and runs 10,000 nodes, and shows the run of 10,000 steps', async ({ expect }) => {
    const nodes = Array.from({ length: 9_999 }, (_, index) => node(`n${index}`, 'no-op', 1));
    const id = await canary.during(() => server.publish(chain('Long', [manual(), ...nodes])));
    const run = await canary.during(() => server.start(id, { input: { carried: true } }));
    expect({ status: run.status, error: run.error, steps: run.steps }).toEqual({
      status: 'success',
      error: undefined,
      steps: 10_000,
    });
    const read = await server.run(run.id);
    expect(read.nodes.length).toBe(10_000);
    expect(itemsOf(read, 'n9998')).toEqual([{ carried: true }]);
  });

  it('goes 10,000 steps in a loop of honest work and ends right', async ({ expect }) => {
    const loop = workflow(
      'Count',
      [
        manual(),
        set('count', { n: '={{ Number($json.n ?? 0) + 1 }}' }),
        node('more', 'if', 2, {
          conditions: {
            options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
            combinator: 'and',
            conditions: [
              {
                id: '1',
                leftValue: '={{ Number($json.n) }}',
                rightValue: 5_000,
                operator: { type: 'number', operation: 'lt' },
              },
            ],
          },
          options: {},
        }),
        node('end', 'no-op', 1),
      ],
      [
        ['start', 'count'],
        ['count', 'more'],
        ['more:0', 'count'],
        ['more:1', 'end'],
      ],
    );
    const id = await server.publish(loop);
    const run = await canary.during(() => server.start(id, { input: {} }));
    expect({ status: run.status, error: run.error }).toEqual({ status: 'success', error: undefined });
    expect(Number(itemsOf(run, 'end')[0]?.['n'])).toBe(5_000);
  });

  it('carries 10,000 items through expressions', async ({ expect }) => {
    const id = await server.publish(
      chain('Items', [
        manual(),
        set('a', { total: '={{ $json.price * $json.qty }}' }),
        set('b', { label: '={{ $json.name.toUpperCase() }}' }),
        node('only', 'limit', 1, { maxItems: 3, keep: 'lastItems' }),
      ]),
    );
    const input = Array.from({ length: 10_000 }, (_, i) => ({ name: `user${i}`, price: i, qty: 2 }));
    const run = await canary.during(() => server.start(id, { input }));
    expect(run.status).toBe('success');
    expect(itemsOf(run, 'only').map((item) => [item['label'], Number(item['total'])])).toEqual([
      ['USER9997', 19_994],
      ['USER9998', 19_996],
      ['USER9999', 19_998],
    ]);
  });
});
