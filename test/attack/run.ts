// `npm run attack -- [--only A1,A2] [--sample N [--seed TEXT]] [--json]`: attacks on the product as it is served here, on the loopback address.
// Groups are the files and folders in groups/. Exit 1: one succeeded or hung.
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Canary } from '../served/canary.ts';
import { Server } from '../served/server.ts';
import type { AttackContext, Group, GroupResult } from './group.ts';
import { type Sample, takes } from './sample.ts';
import { Sink } from './sink.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sample: { type: 'string', default: '1' },
    seed: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    json: { type: 'boolean', default: false },
  },
});
const sample: Sample = { every: Number(values.sample), seed: values.seed };
if (!Number.isInteger(sample.every) || sample.every < 1) {
  process.stderr.write('--sample takes a whole number: one case in so many\n');
  process.exit(2);
}

const folder = resolve(import.meta.dirname, 'groups');
const files = readdirSync(folder, { withFileTypes: true })
  .map((entry) => (entry.isDirectory() ? `${entry.name}/index.ts` : entry.name))
  .filter((file) => file.endsWith('.ts') && existsSync(resolve(folder, file)))
  .sort();
const groups = await Promise.all(
  files.map(async (file) => ((await import(resolve(folder, file))) as { group: Group }).group),
);
const only = values.only?.split(',').map((name) => name.trim().toUpperCase());
const unknown = only?.find((name) => !groups.some((group) => group.name === name));
if (unknown !== undefined) {
  process.stderr.write(`There is no group ${unknown}. Groups: ${groups.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

let server: Promise<Server> | undefined;
let canary: Promise<Canary> | undefined;
let sink: Promise<Sink> | undefined;
const beganMs = performance.now();
const say = (text: string): void =>
  void process.stderr.write(`${((performance.now() - beganMs) / 1_000).toFixed(0).padStart(4)} s  ${text}\n`);
const context: AttackContext = {
  server: () => (server ??= Server.start()),
  canary: () => (canary ??= context.server().then((started) => Canary.of(started))),
  sink: () => (sink ??= Sink.start()),
  takes: (id) => takes(sample, id),
  say,
};

async function stopAll(): Promise<void> {
  (await sink?.catch(() => undefined))?.stop();
  await (await server?.catch(() => undefined))?.stop();
}
process.once('SIGINT', () => void stopAll().finally(() => process.exit(130)));

const results: Record<string, GroupResult> = {};
let isBlind = false;
if (sample.every > 1) say(`one case in ${sample.every}, --seed ${sample.seed}`);
try {
  for (const group of groups) {
    if (only && !only.includes(group.name)) continue;
    say(`— ${group.name} ${group.title}`);
    try {
      results[group.name] = await group.run(context);
    } catch (error) {
      isBlind = true;
      const { stack, cause } = error instanceof Error ? error : { stack: String(error), cause: undefined };
      say(`  FAILED: ${stack}${cause === undefined ? '' : `\n  because of ${String(cause)}`}`);
    }
  }
} finally {
  await stopAll();
}

const entries = Object.entries(results);
for (const [, { succeeded, hung }] of entries) {
  for (const [what, findings] of [
    ['succeeded', succeeded],
    ['hung', hung],
  ] as const) {
    for (const { id, about, why } of findings) say(`${what}: ${id} (${about}): ${why.slice(0, 400)}`);
  }
}
if (values.json) {
  const counts = entries.map(([name, { cases, succeeded, hung }]) => [
    name,
    { cases, succeeded: succeeded.length, hung: hung.length },
  ]);
  process.stdout.write(`${JSON.stringify({ groups: Object.fromEntries(counts) })}\n`);
} else {
  process.stdout.write('group  cases  succeeded  hung\n');
  for (const [name, { cases, succeeded, hung }] of entries) {
    const cells = [String(cases).padStart(5), String(succeeded.length).padStart(9), String(hung.length).padStart(4)];
    process.stdout.write(`${name.padEnd(5)}  ${cells.join('  ')}\n`);
  }
}
process.exit(isBlind || entries.some(([, { succeeded, hung }]) => succeeded.length + hung.length > 0) ? 1 : 0);
