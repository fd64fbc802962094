import { launch } from '../launcher.ts';
import { median, round } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';

const STARTS = 3;

async function startAndAsk(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const server = await launch({ dataDir });
  try {
    const answer = await fetch(server.hookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"hello":"world"}',
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The first webhook answered ${answer.status}: ${text.slice(0, 300)}`);
    return performance.now() - startedAt;
  } finally {
    await server.stop();
  }
}

async function run(context: BenchContext) {
  const dataDir = context.folder('cold');
  const firstMs = await startAndAsk(dataDir);
  const times: number[] = [];
  for (let start = 0; start < STARTS; start++) times.push(await startAndAsk(dataDir));
  context.say(`  on an empty folder ${round(firstMs)} ms, then ${times.map((ms) => round(ms)).join(', ')} ms`);
  return { results: { coldStartMs: round(median(times)) } };
}

export const section: Section = { name: 'cold-start', run };
