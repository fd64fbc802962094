import { describe, it } from 'vitest';
import type { RunEvent } from '../../../core/engine/events.ts';
import type { Run } from '../../../core/engine/run.ts';
import { Journal } from '../../../durable-objects/runner/journal.ts';
import type { RunnerStore } from '../../../durable-objects/runner/store.ts';

/** Of the platform, which refuses a longer row; workerd alone takes it. */
const MAX_ROW_BYTES = 2_000_000;

// Segments were cut by characters as if each took two bytes: in Chinese they reached 2.7 MB, which cannot be written.
describe('[P1] the journal', () => {
  it('writes no row that the platform refuses, whatever script its text is in', ({ expect }) => {
    const rows: string[] = [];
    const store = {
      insertSegment: (_slot: number, heads: unknown, data: string) => void rows.push(JSON.stringify(heads) + data),
      updateHeads: () => undefined,
      findKey: () => undefined,
    } as unknown as RunnerStore;
    const journal = new Journal(
      {
        store,
        transaction: (action) => action(),
        putBlob: () => {
          throw new Error('not so large');
        },
        committed: () => undefined,
        counted: () => undefined,
        failed: (error) => {
          throw error;
        },
        now: () => 1,
      },
      0,
      1,
    );
    const program = { graph: { nodes: [], byId: new Map() } };
    const run = { id: 'wide', live: true, status: 'running', start: {}, steps: [], program } as unknown as Run;
    const event = { t: 'pause', at: 1, pad: '語'.repeat(65_000) } as unknown as RunEvent;
    for (let n = 0; n < 40; n++) journal.append(run, event);
    journal.endTurn();
    journal.flush();
    const sizes = rows.map((row) => Buffer.byteLength(row));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(40 * 3 * 65_000);
    expect(Math.max(...sizes)).toBeLessThan(MAX_ROW_BYTES);
  });
});
