import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { Journal } from '../../../durable-objects/runner/journal.ts';
import { slotOf } from '../../../durable-objects/runner/records.ts';
import { sealOld } from '../../../durable-objects/runner/seal.ts';
import { RunnerStore } from '../../../durable-objects/runner/store.ts';
import type { StoredHead } from '../../../durable-objects/runner/store.ts';
import { type ObjectBindings, runnerOf } from '../../../durable-objects/stubs.ts';

const bindings = env as unknown as ObjectBindings & { FILES: R2Bucket; RUNNER: DurableObjectNamespace };
const SEGMENTS = 60;
const journal = { refreshHeads: () => undefined } as unknown as Journal;

const headsAt = (slot: number, status: 'success' | 'waiting'): StoredHead[] => [
  {
    id: `run_${slot}`,
    workflow: 'w',
    version: '1',
    status,
    mode: 'manual',
    trigger: 'manual',
    startedAt: slot,
    steps: 1,
    last: slot,
    error: { code: 'x', message: 'm'.repeat(100_000) },
  } as unknown as StoredHead,
];

// An archive took whatever ended later within its range, however much: its heads outgrew the row they are in, and its
// object the memory it is joined in.
describe('[P1] archives of a shard with many waiting runs', () => {
  it('stay within a row and in memory when those between them end, too', async ({ expect }) => {
    const tenant = 'sealed-range';
    await runnerOf(bindings, tenant, 0).list({ limit: 1 });
    await runInDurableObject(bindings.RUNNER.getByName(`${tenant}/shard-0`), async (_, state) => {
      const store = new RunnerStore(state.storage.sql);
      const slots = Array.from({ length: SEGMENTS }, (__, n) => slotOf(n + 1, 0));
      // One in ten has ended, the others wait.
      for (const [n, slot] of slots.entries()) {
        store.insertSegment(slot, headsAt(slot, n % 10 === 0 ? 'success' : 'waiting'), `[${n}]`, null);
      }
      const sealAll = async (): Promise<void> => {
        for (let rounds = 0; rounds < 2 * SEGMENTS; rounds++) {
          const { segments } = await sealOld({
            store,
            files: bindings.FILES,
            prefix: `t/${tenant}/runs/0`,
            journal,
            state,
            settledBelow: () => Number.MAX_SAFE_INTEGER,
            keepOpen: -500,
            perArchive: 500,
          });
          if (segments === 0) return;
        }
      };
      await sealAll();
      for (const slot of slots.filter((__, n) => n % 10 !== 0)) store.updateHeads(slot, headsAt(slot, 'success'));
      await sealAll();
      const sizes = state.storage.sql
        .exec<{ heads: number }>('SELECT octet_length(heads) AS heads FROM sealed')
        .toArray();
      expect(Math.max(...sizes.map(({ heads }) => heads))).toBeLessThan(1_500_000);
      for (const slot of slots) expect(store.sealedAround(slot)).toBeDefined();
    });
  });
});
