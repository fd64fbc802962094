// npm run conformance -- [DIR] [--json] [--baseline]: how much of n8n's recorded behaviour holds here.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BASELINE } from './baseline.ts';
import { absent, DATA, readCollection } from './collection.ts';
import { type Results, runSections, SECTIONS } from './sections.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, baseline: { type: 'boolean' } },
});
const dir = path.resolve(positionals[0] ?? DATA);
if (!existsSync(dir)) {
  // Without the data there is nothing to compare with, which is no failure of a test run.
  console.error(positionals[0] === undefined ? `Skipped: ${absent()}` : `There is no ${dir}`);
  process.exit(positionals[0] === undefined ? 0 : 2);
}

let shownAtMs = performance.now();
const results = await runSections(readCollection(dir), (section, done, of) => {
  if (performance.now() - shownAtMs < 1000) return;
  shownAtMs = performance.now();
  process.stderr.write(`${section}: ${done} of ${of}\n`);
});
const { imports, ...sections } = results;
if (values.json) console.log(JSON.stringify({ ...sections, imports: imports.tally }));
else table(results);
if (values.baseline) process.exitCode = regressions(results);

function table({ imports: { tally, notes }, ...rest }: Results): void {
  for (const name of SECTIONS) {
    const { cases, passed, failed } = rest[name];
    console.log(`${name.padEnd(12)} ${passed} of ${cases}`);
    for (const { id, why } of failed) console.log(`  ${id}: ${why}`);
  }
  for (const [name, count] of Object.entries(tally)) console.log(`imports      ${name}: ${count}`);
  for (const note of notes) console.log(`  ${note}`);
}

/** Cases that fail though they are not known to. The suite of `npm test` goes by this. */
function regressions({ imports: { tally }, ...rest }: Results): number {
  const broken: string[] = [];
  for (const name of SECTIONS) {
    const known: readonly string[] = BASELINE.failing[name];
    for (const { id, why } of rest[name].failed) if (!known.includes(id)) broken.push(`${name} ${id}: ${why}`);
    const passing = known.filter((id) => !rest[name].failed.some((each) => each.id === id));
    if (passing.length > 0) console.error(`These pass now, take them out of baseline.ts: ${passing.join(', ')}`);
  }
  const share = (part: number, of: number): number => (of === 0 ? 1 : part / of);
  if (tally.thrown > 0) broken.push(`the importer threw on ${tally.thrown} files`);
  if (tally.roundTrip < tally.files) broken.push(`${tally.files - tally.roundTrip} files do not come back equal`);
  if (share(tally.parsed, tally.expressions) < BASELINE.parsedShare) broken.push('fewer expressions compile');
  if (share(tally.nodesRunnable, tally.nodes) < BASELINE.runnableShare) broken.push('fewer nodes can run');
  for (const line of broken) console.error(`Broken: ${line}`);
  return broken.length > 0 ? 1 : 0;
}
