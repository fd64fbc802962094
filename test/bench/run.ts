// `npm run bench -- [--only NAME] [--workload W2] [--json] [--seconds 5] [--plot]`: what the product reaches on this machine, as ratios
// to a hand-written Worker on the same launcher in the same minutes. Sections are the files in sections/.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBare } from './bare/index.ts';
import type { Launched } from './launcher.ts';
import { launch, ROOT } from './launcher.ts';
import { plot } from './plot.ts';
import type { Results } from './results.ts';
import { table } from './results.ts';
import type { BenchContext, Section } from './section.ts';
import { Skipped } from './section.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    workload: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '5' },
    plot: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
if (!Number.isInteger(seconds) || seconds < 1) {
  process.stderr.write('--seconds must be a whole number from 1\n');
  process.exit(2);
}

const files = readdirSync(resolve(import.meta.dirname, 'sections'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const sections = await Promise.all(
  files.map(async (file) => ((await import(`./sections/${file}`)) as { section: Section }).section),
);
const unknown = values.only?.find((name) => !sections.some((section) => section.name === name));
if (unknown !== undefined) {
  process.stderr.write(`There is no section ${unknown}. Sections: ${sections.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
const started = new Map<string, Promise<Launched>>();
const once = (name: string, start: () => Promise<Launched>): Promise<Launched> => {
  const known = started.get(name) ?? start();
  started.set(name, known);
  return known;
};
let folders = 0;
const context: BenchContext = {
  seconds,
  workloads: values.workload,
  product: () => once('product', () => launch({ dataDir: join(folder, 'product') })),
  bare: () => once('bare', () => launchBare(join(folder, 'bare'))),
  folder: (name) => join(folder, `${name}-${folders++}`),
  say: (text) => void process.stderr.write(`${text}\n`),
};

async function stopAll(): Promise<void> {
  await Promise.allSettled([...started.values()].map(async (server) => (await server).stop()));
  rmSync(folder, { recursive: true, force: true });
}
process.once('SIGINT', () => void stopAll().finally(() => process.exit(130)));

const results: Partial<Results> = {};
let failed = 0;
try {
  for (const section of sections) {
    if (values.only && !values.only.includes(section.name)) continue;
    context.say(`— ${section.name}`);
    try {
      const measured = await section.run(context);
      Object.assign(results, measured.results);
      failed += measured.failed ?? 0;
    } catch (error) {
      if (!(error instanceof Skipped)) failed++;
      context.say(
        `  ${error instanceof Skipped ? 'skipped' : 'FAILED'}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
} finally {
  await stopAll();
}
if (values.plot && results.workloads) {
  const path = resolve(ROOT, 'docs/design/bench.svg');
  writeFileSync(path, plot(results.workloads));
  context.say('wrote docs/design/bench.svg');
}
process.stdout.write(`${values.json ? JSON.stringify(results) : table(results)}\n`);
process.exit(failed > 0 ? 1 : 0);
