import { describe, it, vi } from 'vitest';
import { stepViews } from '../../../core/engine/view.ts';
import { begin, bench, pass, sketch } from '../../../core/shard/testing.ts';
import { Streams } from '../../../durable-objects/runner/streams.ts';

const readAll = (response: Response): Promise<string> => response.text();

// How far behind a reader is was counted in events: opening the stream of a run of 300 steps was being too far behind,
// and 200 lists that nobody read could hold a gigabyte.
describe('[RNS5] a reader of a stream', () => {
  it('is not behind with what it is given at first, however much that is', async ({ expect }) => {
    const b = bench();
    const names = Array.from({ length: 300 }, (_, n) => `n${n}`);
    const edges = names.slice(1).map((name, n) => `${names[n]} -> ${name}`);
    const run = begin(b, sketch(Object.fromEntries(names.map((name) => [name, pass])), edges));
    await b.host.untilRest(run.id);
    const done = b.host.get(run.id);
    const steps = stepViews(done);
    expect(steps.length).toBeGreaterThan(257);
    const streams = new Streams();
    const response = streams.open(done.id, steps);
    streams.publish(done);
    const text = await readAll(response);
    expect(text.match(/^event: step$/gm)).toHaveLength(steps.length);
    expect(text).toMatch(/^event: run$/m);
  });

  it('of the list is cut off when it is a few seconds behind', async ({ expect, onTestFinished }) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const b = bench();
    const runs = Array.from({ length: 50 }, () => begin(b, sketch({ a: pass })));
    const streams = new Streams();
    const [unread, few] = [streams.openList({}), streams.openList({ workflows: ['none'] })];
    for (let n = 0; n < 60; n++) {
      for (const run of runs) streams.publish(run);
      await vi.advanceTimersByTimeAsync(250);
    }
    await expect(readAll(unread)).rejects.toThrow('too slow');
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await readAll(few)).toBe('retry: 1000\n\n');
  });
});
