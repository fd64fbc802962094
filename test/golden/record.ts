import { existsSync, writeFileSync } from 'node:fs';
import { CASES } from './cases.ts';
import { goldenOf } from './golden.ts';

/**
 * Records the cases that have no recording yet. Existing ones are never written again: a journal that was once released
 * has to be readable for ever, and a recording that must change means that the format has a new number.
 */
for (const [name, { title, record }] of Object.entries(CASES)) {
  const file = new URL(`fixtures/${name}.json`, import.meta.url);
  if (existsSync(file)) continue;
  const { run, events } = await record();
  writeFileSync(file, `${JSON.stringify(goldenOf(title, run, events), null, 1)}\n`);
  process.stdout.write(`recorded ${name}: ${events.length} events, ${run.status}\n`);
}
