import { launch } from '../launcher.ts';
import { largestOf, watchPeak } from '../process-tree.ts';
import { round } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';
import { Skipped } from '../section.ts';
import { checkAnswer, install, loadWorkloads } from '../workloads.ts';

const ITEMS = 10_000;

/** W3 with ten times its items, as the very first big run of a fresh server: nothing is warm that could hide memory. */
async function run(context: BenchContext) {
  const workload = (await loadWorkloads())?.find(({ name }) => name === 'W3');
  if (!workload) throw new Skipped('the workloads are not here; they belong in ../shared/bench');
  const server = await launch({ dataDir: context.folder('items') });
  try {
    const { hook } = await install(server, workload.file);
    if (hook === undefined) throw new Error('publishing gave no webhook');
    await checkAnswer(hook, workload);
    const items = Array.from({ length: ITEMS }, (_, i) => ({
      id: i,
      name: `user${i}`,
      price: (i * 7) % 100,
      qty: (i % 5) + 1,
    }));
    const totals = items.map(({ price, qty }) => price * qty).filter((total) => total > 100);
    const expected = { count: totals.length, sum: totals.reduce((sum, total) => sum + total, 0) };
    const peak = watchPeak(largestOf(server.pid));
    await checkAnswer(hook, {
      name: `${ITEMS} items`,
      body: JSON.stringify({ items }),
      check(answer) {
        const { count, sum } = answer as { count: number; sum: number };
        return count === expected.count && sum === expected.sum;
      },
    });
    return { results: { items10kMb: round(peak(), 1) } };
  } finally {
    await server.stop();
  }
}

export const section: Section = { name: 'items10k', run };
