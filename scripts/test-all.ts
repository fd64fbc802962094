// The suites of `npm test`, in phases. Two suites of a phase run at a time: most keep one core busy and wait for servers half the
// time. What computes on all cores, or judges how fast others are answered meanwhile, is a phase of its own.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { complaintOf, failedFiles } from './complaint.ts';
import type { Step } from './steps.ts';
import { run } from './steps.ts';
import { ensureTool } from './system-tools.ts';

const root = resolve(import.meta.dirname, '..');

interface Suite extends Step {
  /** Real servers its tests speak to, with their Debian packages: installed before, since no test should wait for that. */
  servers?: Record<string, string>;
  /** Of a browser, which other load on two cores can make late: if few files failed, they are run once more by themselves. */
  isLateBesideOthers?: true;
  /** Why it cannot run here, or undefined. */
  blocked?(): string | undefined;
}

/** A CI machine ends everything after 90 minutes, and then nothing is said of what failed: suites after this are not begun. */
const BUDGET_MS = 50 * 60_000;

const needs = (file: string) => () => (existsSync(resolve(root, file)) ? undefined : `${file} does not exist`);

/**
 * In one process for all 69 files, or half of them, vitest was seen waiting for ever after the last test had passed; quarters
 * end. A script that spins in workerd also hangs vitest past its own limits: only an outer one ends it.
 */
const WORKERS_PARTS = 4;
const workers = (part: number): Suite => ({
  name: `workers ${part}/${WORKERS_PARTS}`,
  command: 'timeout',
  args: ['600', 'vitest', 'run', '--project', 'workers', '--shard', `${part}/${WORKERS_PARTS}`],
});

/** In one piece it is longer than everything beside it, and the other lane would be idle at the end. */
const E2E_PARTS = 2;
const e2e = (part: number): Suite => ({
  name: `e2e ${part}/${E2E_PARTS}`,
  command: 'timeout',
  args: ['1200', 'vitest', 'run', '--project', 'e2e', '--shard', `${part}/${E2E_PARTS}`],
  isLateBesideOthers: true,
  blocked: () => (ensureTool('chromium') ? undefined : 'no Chromium, and it cannot be installed here'),
});

const PHASES: Suite[][] = [
  [{ name: 'check', command: 'node', args: ['scripts/check.ts'] }],
  [{ name: 'build', command: 'node', args: ['scripts/prepare-tests.mjs'] }],
  // The longest first, so that both lanes end together.
  [
    e2e(1),
    { name: 'served', command: 'timeout', args: ['1800', 'vitest', 'run', '--project', 'served', 'test/served'] },
    e2e(2),
    {
      name: 'attack',
      command: 'timeout',
      args: ['1800', 'node', 'test/attack/run.ts', '--sample', '3'],
      blocked: needs('test/attack/run.ts'),
    },
    ...Array.from({ length: WORKERS_PARTS }, (_, part) => workers(part + 1)),
    {
      name: 'processes',
      command: 'timeout',
      args: ['900', 'vitest', 'run', '--project', 'processes'],
      servers: { dovecot: 'dovecot-imapd', sshd: 'openssh-server', vsftpd: 'vsftpd' },
    },
    { name: 'thorough', command: 'timeout', args: ['600', 'vitest', 'run', '--project', 'thorough'] },
    // one thread for a minute, whatever goes on beside it
    {
      name: 'fuzz',
      command: 'node',
      args: ['test/fuzz/run.ts', '--minutes', '1', '--seed', '1'],
      blocked: needs('test/fuzz/run.ts'),
    },
    {
      name: 'conformance',
      command: 'timeout',
      args: ['600', 'node', 'test/conformance/run.ts', '--baseline'],
      blocked: needs('../shared/data/n8n'),
    },
  ],
  [{ name: 'hostile', command: 'timeout', args: ['900', 'vitest', 'run', '--project', 'served', 'test/hostile'] }],
  [
    {
      name: 'simulation',
      command: 'node',
      args: ['test/simulation/run.ts', '--seeds', '2000'],
      blocked: needs('test/simulation/run.ts'),
    },
  ],
  [
    {
      name: 'crash',
      command: 'node',
      args: ['test/crash/run.ts', '--rounds', '3'],
      blocked: needs('test/crash/run.ts'),
    },
  ],
];
const LANES = 2;

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const passed: string[] = [];
const failed = new Map<string, string>();
const unsteady = new Map<string, string>();
/** The files to run once more, by the suite they failed in. */
const doubted = new Map<Suite, readonly string[]>();
/** Of the 15 of a half: more are not bad luck. */
const MAX_DOUBTED = 2;

/** `shows`: its output as it comes; else when it has ended, since another suite writes meanwhile. */
async function perform(suite: Suite, shows: boolean): Promise<void> {
  if (performance.now() > BUDGET_MS) {
    console.log(`\n== ${suite.name}: FAILED, not begun after ${BUDGET_MS / 60_000} minutes`);
    failed.set(suite.name, 'It was not begun.');
    return;
  }
  const why = suite.blocked?.();
  if (why) return console.log(`\n== ${suite.name}: skipped, ${why}`);
  console.log(`\n== ${suite.name}`);
  for (const [program, packageName] of Object.entries(suite.servers ?? {})) ensureTool(program, packageName);
  const { ok, seconds, output } = await run(root, suite, shows);
  if (!shows) console.log(`\n== ${suite.name} said:\n${output.trimEnd()}`);
  if (ok) passed.push(suite.name);
  else failed.set(suite.name, complaintOf(output));
  const files = !ok && suite.isLateBesideOthers ? failedFiles(output) : [];
  if (files.length > 0 && files.length <= MAX_DOUBTED) doubted.set(suite, files);
  console.log(`== ${suite.name}: ${ok ? 'passed' : 'FAILED'} in ${seconds.toFixed(0)} s`);
}

for (const phase of PHASES) {
  const waiting = phase.filter(({ name }) => !values.only || values.only.includes(name.split(' ', 1)[0] ?? name));
  const isAlone = waiting.length === 1;
  const lane = async (): Promise<void> => {
    for (let suite = waiting.shift(); suite; suite = waiting.shift()) await perform(suite, isAlone);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

// A browser beside another suite is late now and then, and one test of hundreds may not wait for what it should: its file passes
// alone. That is a fault to mend, and said as one; it is no reason to distrust the rest.
for (const [{ name }, files] of doubted) {
  console.log(`\n== ${name}: once more, alone: ${files.join(', ')}`);
  const { ok } = await run(root, { name, command: 'timeout', args: ['400', 'vitest', 'run', ...files] }, true);
  if (!ok) continue;
  unsteady.set(name, failed.get(name) ?? '');
  failed.delete(name);
  passed.push(name);
}
for (const [name, complaint] of unsteady) {
  console.log(`\n== ${name} is UNSTEADY, it failed and then passed alone:\n${complaint}`);
}
// Said once more at the end: thousands of lines may be between, and of long outputs often only the end is kept.
for (const [name, complaint] of failed) console.log(`\n== ${name} failed:\n${complaint}`);
if (failed.size > 0) console.log(`\nFailed: ${[...failed.keys()].join(', ')}`);
if (unsteady.size > 0) console.log(`\nUnsteady: ${[...unsteady.keys()].join(', ')}`);
console.log(`\n${passed.length} passed, ${failed.size} failed in ${(performance.now() / 60_000).toFixed(1)} minutes`);
process.exitCode = failed.size > 0 ? 1 : 0;
