import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Launched } from '../bench/launcher.ts';

interface Books {
  used: { runs: number; steps: number };
  outstanding: number;
  leases: { shard: number; granted: number; used: number; returned: number }[];
}

const PAGE = 200;

const FINAL = new Set(['success', 'error', 'canceled', 'superseded']);
const SETTLE_MS = 60_000;
const FLUSH_MS = 1_000;

/**
 * Runs and steps as the journals have them, read through the list of runs, once all are over: a run nobody was told of
 * may still be at a step, which is listed and not yet counted.
 */
async function recorded({ client }: Launched): Promise<{ runs: number; steps: number }> {
  const deadlineMs = performance.now() + SETTLE_MS;
  for (;;) {
    const sum = { runs: 0, steps: 0, live: 0 };
    for (let cursor: string | undefined; ;) {
      const query = cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor };
      const page = await client.call('GET /v1/runs', { query });
      for (const { steps, parent, status } of page.runs) {
        sum.steps += steps;
        if (parent === undefined) sum.runs++;
        if (!FINAL.has(status)) sum.live++;
      }
      cursor = page.cursor;
      if (cursor === undefined) break;
    }
    if (sum.live === 0 || performance.now() > deadlineMs) return sum;
    await new Promise((done) => setTimeout(done, 250));
  }
}

/**
 * What is wrong with the books after the kills (USE1, USE3): every run and step that is in a journal was counted once,
 * acknowledged or not, and every lease is settled to the run.
 */
export async function unsettled(server: Launched, dataDir: string): Promise<{ wrong: string[]; counted: number }> {
  const truth = await recorded(server);
  // The list shows ends from memory; one that nobody waits for is recorded, and so counted, a tenth of a second later.
  await new Promise((done) => setTimeout(done, FLUSH_MS));
  // Asking for usage has every shard report.
  await server.client.call('GET /v1/usage', {});
  const key = readFileSync(join(dataDir, 'deployment.key'), 'utf8').trim().split(/\s+/)[0] ?? '';
  const answer = await fetch(`${server.url}/internal/organizations/${server.tenant}/plan`, {
    headers: { 'x-deployment-key': key },
  });
  const { used, outstanding, leases } = (await answer.json()) as Books;
  const wrong: string[] = [];
  if (used.runs !== truth.runs) wrong.push(`usage: ${used.runs} runs counted, ${truth.runs} recorded`);
  if (used.steps !== truth.steps) wrong.push(`usage: ${used.steps} steps counted, ${truth.steps} recorded`);
  for (const { shard, granted, used: spent, returned } of leases) {
    if (spent !== truth.runs) wrong.push(`lease of shard ${shard}: ${spent} used, ${truth.runs} recorded`);
    if (granted !== spent + returned + outstanding) {
      wrong.push(
        `lease of shard ${shard}: ${granted} granted, ${spent} used, ${returned} returned, ${outstanding} outstanding`,
      );
    }
    if (outstanding < 0) wrong.push(`lease of shard ${shard} is overdrawn`);
  }
  if (leases.length !== 1) wrong.push(`${leases.length} leases instead of one`);
  return { wrong, counted: used.runs };
}
