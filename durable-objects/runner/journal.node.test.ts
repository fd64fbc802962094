import { describe, it } from 'vitest';
import type { RunEvent } from '../../core/engine/events.ts';
import type { Run } from '../../core/engine/run.ts';
import { Journal } from './journal.ts';
import type { RunnerStore } from './store.ts';

const run = (id: string): Run =>
  ({
    id,
    live: true,
    status: 'running',
    start: {},
    steps: [],
    program: { graph: { nodes: [], byId: new Map() } },
  }) as unknown as Run;
const event = (size: number): RunEvent => ({ t: 'pause', at: 1, pad: 'x'.repeat(size) }) as unknown as RunEvent;

function journal(epoch: number) {
  const slots: number[] = [];
  let uploaded: () => void = () => undefined;
  const store = {
    insertSegment: (slot: number) => void slots.push(slot),
    updateHeads: () => undefined,
    findKey: () => undefined,
  } as unknown as RunnerStore;
  const made = new Journal(
    {
      store,
      transaction: (action) => action(),
      putBlob: () => ({ key: 'k', done: new Promise<void>((resolve) => (uploaded = resolve)) }),
      committed: () => undefined,
      counted: () => undefined,
      failed: (error) => {
        throw error;
      },
      now: () => 1,
    },
    0,
    epoch,
  );
  return { made, slots, upload: () => uploaded() };
}

describe('journal', () => {
  it('[P1] commits no group before an earlier one that still waits for its values', async ({ expect }) => {
    const { made, slots, upload } = journal(1);
    const told: string[] = [];
    made.append(run('large'), event(70_000));
    made.after(() => told.push('large'));
    made.endTurn();
    made.append(run('small'), event(10));
    made.after(() => told.push('small'));
    made.endTurn();
    made.flush();
    expect([slots.length, told]).toEqual([0, []]);
    upload();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toEqual(['large', 'small']);
  });

  it('[USE1] takes no batch for settled that a restart would use again', ({ expect }) => {
    const { made } = journal(1);
    expect(made.settledBelow).toBe(1_024);
    // Nothing was ready: the batch counts on in memory, the disk knows nothing of it.
    made.append(run('large'), event(70_000));
    made.endTurn();
    made.flush();
    made.flush();
    expect(made.settledBelow).toBe(1_024);
  });

  it('[P3] never gives the name of a run that was lost to another one', ({ expect }) => {
    const before = journal(1).made.nextName();
    const after = journal(2).made.nextName();
    expect(after.segment).toBe(before.segment);
    expect(after.n).not.toBe(before.n);
    expect(journal(32_767).made.nextName().n.toString(36).length).toBeLessThanOrEqual(6);
  });
});
