import { afterEach, beforeEach, describe, it } from 'vitest';
import { Canary } from '../served/canary.ts';
import { chain, http, manual, node, set } from '../served/documents.ts';
import { canReadMemory, peakMbDuring } from '../served/memory.ts';
import { Remote } from '../served/remote.ts';
import { Server } from '../served/server.ts';
import type { RunView } from '../served/server.ts';

// Each breaks the product when a bound is missing, and a recovered run breaks it again: every test has its own.
let server: Server;
let canary: Canary;
beforeEach(async () => {
  server = await Server.start();
  canary = await Canary.of(server);
});
afterEach(() => server.stop());

const items = (count: number): object[] => Array.from({ length: count }, (_, i) => ({ i }));

const runSet = async (expression: string, input: unknown = {}): Promise<RunView> => {
  const id = await server.publish(chain('Hostile expression', [manual(), set('evil', { x: expression })]));
  return server.start(id, { input: input as never });
};

describe('what one step may cost the others', () => {
  it('bounds what all items of one step may compute together', async ({ expect }) => {
    const busy = '={{ (() => { let s = 0; for (let i = 0; i < 150000; i++) s += i; return s })() }}';
    const run = await canary.during(() => runSet(busy, items(2_000)));
    expect(run.error?.code).toBe('limit');
  });

  it('bounds what a run computes between two looks at the others', async ({ expect }) => {
    const busy = '={{ (() => { let s = 0; for (let i = 0; i < 150000; i++) s += i; return s })() }}';
    const nodes = Array.from({ length: 60 }, (_, index) => set(`busy ${index}`, { x: busy }));
    const id = await server.publish(chain('Busy', [manual(), ...nodes]));
    const run = await canary.during(() => server.start(id, { input: items(8) as never }));
    expect(run.status).toBe('success');
    // In one piece it would let in two or three calls in all.
    expect(canary.answered, `${canary.answered} calls`).toBeGreaterThanOrEqual(8);
  });

  it.runIf(canReadMemory)('bounds the size of what one step gives', async ({ expect }) => {
    const { result, peakMb } = await peakMbDuring(server, () =>
      canary.during(() => runSet('={{ "x".repeat(10000000) }}', items(100))),
    );
    expect(result.status).toBe('error');
    expect(result.error?.code).toMatch(/limit|output-too-large/);
    expect(peakMb).toBeLessThan(2_000);
  });

  it('bounds a large value that every item repeats', async ({ expect }) => {
    const split = node('split', 'split-out', 1, { fieldToSplitOut: 'list', include: 'allOtherFields', options: {} });
    const id = await server.publish(chain('Repeat', [manual(), split, set('after', { x: 1 })]));
    const input = { list: Array.from({ length: 5_000 }, (_, i) => i), big: 'x'.repeat(1_000_000) };
    const run = await canary.during(() => server.start(id, { input }));
    expect(run.status).toBe('error');
    expect(run.error?.code).toMatch(/limit|output-too-large/);
  });

  it('can show a run with some tens of megabytes of data', async ({ expect }) => {
    const run = await canary.during(() => runSet('={{ "x".repeat(300000) }}', items(100)));
    expect(run.status).toBe('success');
    const again = await server.api('GET', `/v1/runs/${run.id}`);
    expect(again.status).toBe(200);
  });

  it.runIf(canReadMemory)('bounds what many large responses of one step add up to', async ({ expect }) => {
    const remote = await Remote.start();
    const url = `${remote.url}/huge?bytes=${30 * 1024 ** 2}`;
    const fetchAll = async (): Promise<RunView> =>
      server.start(await server.publish(chain('Fetch', [manual(), http('call', { url })])), {
        input: items(60) as never,
      });
    const { result, peakMb } = await peakMbDuring(server, () => canary.during(() => fetchAll()));
    remote.stop();
    expect(result.error?.code).toBe('response-too-large');
    expect(peakMb).toBeLessThan(1_500);
  });
});
