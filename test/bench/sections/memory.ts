import { launch } from '../launcher.ts';
import { residentMbOf } from '../process-tree.ts';
import { median, round } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';

/** Long enough for the first collection after the start. */
const IDLE_MS = 5_000;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Started on existing data, one webhook answered, then left alone. */
async function run(context: BenchContext) {
  const dataDir = context.folder('memory');
  await (await launch({ dataDir })).stop();
  const server = await launch({ dataDir });
  try {
    const answer = await fetch(server.hookUrl, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    await answer.text();
    await pause(IDLE_MS);
    const samples: number[] = [];
    for (let sample = 0; sample < 5; sample++) {
      samples.push(residentMbOf(server.pid));
      await pause(200);
    }
    return { results: { idleMb: round(median(samples), 1) } };
  } finally {
    await server.stop();
  }
}

export const section: Section = { name: 'memory', run };
