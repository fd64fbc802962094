// The suites of `npm test`, one after the other: two cores, and the crash test needs them.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Step } from './steps.ts';
import { run } from './steps.ts';
import { ensureTool } from './system-tools.ts';

const root = resolve(import.meta.dirname, '..');

interface Suite extends Step {
  /** Real servers its tests speak to, with their Debian packages: installed before, since no test should wait for that. */
  servers?: Record<string, string>;
  /** Why it cannot run here, or undefined. */
  blocked?(): string | undefined;
}

/** A CI machine ends everything after 90 minutes, and then nothing is said of what failed: suites after this are not begun. */
const BUDGET_MS = 50 * 60_000;

const needs = (file: string) => () => (existsSync(resolve(root, file)) ? undefined : `${file} does not exist`);

const SUITES: Suite[] = [
  { name: 'check', command: 'node', args: ['scripts/check.ts'] },
  {
    name: 'conformance',
    command: 'timeout',
    args: ['600', 'node', 'test/conformance/run.ts', '--baseline'],
    blocked: needs('../shared/data/n8n'),
  },
  { name: 'thorough', command: 'timeout', args: ['600', 'vitest', 'run', '--project', 'thorough'] },
  // A script that spins in workerd hangs vitest past its own limits: only an outer one ends it.
  { name: 'workers', command: 'timeout', args: ['1200', 'vitest', 'run', '--project', 'workers'] },
  {
    name: 'processes',
    command: 'timeout',
    args: ['900', 'vitest', 'run', '--project', 'processes'],
    servers: { dovecot: 'dovecot-imapd', sshd: 'openssh-server', vsftpd: 'vsftpd' },
  },
  { name: 'served', command: 'timeout', args: ['1800', 'vitest', 'run', '--project', 'served'] },
  {
    name: 'e2e',
    command: 'timeout',
    args: ['1200', 'vitest', 'run', '--project', 'e2e'],
    blocked: () => (ensureTool('chromium') ? undefined : 'no Chromium, and it cannot be installed here'),
  },
  {
    name: 'simulation',
    command: 'node',
    args: ['test/simulation/run.ts', '--seeds', '2000'],
    blocked: needs('test/simulation/run.ts'),
  },
  { name: 'fuzz', command: 'node', args: ['test/fuzz/run.ts', '--minutes', '1'], blocked: needs('test/fuzz/run.ts') },
  {
    name: 'attack',
    command: 'timeout',
    args: ['1800', 'node', 'test/attack/run.ts'],
    blocked: needs('test/attack/run.ts'),
  },
  { name: 'crash', command: 'node', args: ['test/crash/run.ts', '--rounds', '3'], blocked: needs('test/crash/run.ts') },
];

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const chosen = SUITES.filter(({ name }) => !values.only || values.only.includes(name));
const passed: string[] = [];
const failed: string[] = [];
for (const suite of chosen) {
  if (performance.now() > BUDGET_MS) {
    console.log(`\n== ${suite.name}: FAILED, not begun after ${BUDGET_MS / 60_000} minutes`);
    failed.push(suite.name);
    continue;
  }
  const why = suite.blocked?.();
  if (why) {
    console.log(`\n== ${suite.name}: skipped, ${why}`);
    continue;
  }
  console.log(`\n== ${suite.name}`);
  for (const [program, packageName] of Object.entries(suite.servers ?? {})) ensureTool(program, packageName);
  const { ok, seconds } = await run(root, suite, true);
  (ok ? passed : failed).push(suite.name);
  console.log(`== ${suite.name}: ${ok ? 'passed' : 'FAILED'} in ${seconds.toFixed(0)} s`);
}
if (failed.length > 0) {
  console.log(`\nFailed: ${failed.join(', ')}`);
}
console.log(`\n${passed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
