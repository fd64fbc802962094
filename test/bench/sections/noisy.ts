import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Client } from '../../../sdk/client/index.ts';
import { createClient } from '../../../sdk/client/index.ts';
import { quickStart } from '../../../workers/seed/quick-start.ts';
import { cpuMsOf } from '../process-tree.ts';
import type { Launched } from '../launcher.ts';
import { launch } from '../launcher.ts';
import { round } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';

/** The noisy tenant's quota, runs a second, and how much of it arrives in the noisy phases. */
const QUOTA = 10;
const TIMES = 100;
/** What the other tenant does all the time, runs a second. */
const STEADY = 40;
/** Phases alternate, so that whatever else the machine does falls on both. */
const PHASE_SECONDS = 2;

interface Tenant {
  client: Client;
  hook: string;
}

async function newTenant(server: Launched, key: string, id: string): Promise<Tenant> {
  const answer = await fetch(`${server.url}/internal/organizations`, {
    method: 'POST',
    headers: { 'x-deployment-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ id, name: id }),
  });
  if (!answer.ok) throw new Error(`/internal/organizations answered ${answer.status}: ${await answer.text()}`);
  const { apiKey } = (await answer.json()) as { apiKey: string };
  const client = createClient({ url: server.url, apiKey, fetch: (address, init) => fetch(address, init) });
  const { id: workflow } = await client.call('POST /v1/workflows', { body: quickStart });
  const { hooks } = await client.call('POST /v1/workflows/{id}/publish', { params: { id: workflow } });
  return { client, hook: hooks[0]?.url ?? '' };
}

async function limit(server: Launched, key: string, tenant: string): Promise<void> {
  const answer = await fetch(`${server.url}/internal/organizations/${tenant}/plan`, {
    method: 'PUT',
    headers: { 'x-deployment-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({
      plan: 'unlimited',
      overrides: { rates: { runs: { perSecond: QUOTA, burst: QUOTA } } },
    }),
  });
  if (!answer.ok) throw new Error(`setting the plan answered ${answer.status}: ${await answer.text()}`);
}

interface Flood {
  sent: number;
  statuses: Record<string, number>;
}

function flood(hook: string, rate: number): Promise<Flood> {
  const { hostname, port, pathname } = new URL(hook);
  const script = resolve(import.meta.dirname, '../flood.ts');
  const args = [script, hostname, port, pathname, String(rate), String(PHASE_SECONDS)];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  return new Promise((done, fail) => {
    child.once('error', fail).once('close', () => done(JSON.parse(text) as Flood));
  });
}

/** Sends at a steady pace, whether answers come or not: a slow answer must not hide those behind it. */
async function steady(hook: string, latencies: number[]): Promise<void> {
  const began = performance.now();
  const calls: Promise<void>[] = [];
  for (let at = 0; at < STEADY * PHASE_SECONDS; at++) {
    const dueMs = began + (at * 1_000) / STEADY;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs));
    calls.push(timed(hook, latencies));
  }
  await Promise.all(calls);
}

async function timed(hook: string, latencies: number[]): Promise<void> {
  const began = performance.now();
  const answer = await fetch(hook, {
    method: 'POST',
    body: '{"hello":1}',
    headers: { 'content-type': 'application/json' },
  });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`the other tenant was answered ${answer.status}`);
  latencies.push(performance.now() - began);
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

/** Promise P9: one tenant at a hundred times its quota, and what the other one's webhooks take meanwhile. */
async function run(context: BenchContext) {
  const dataDir = context.folder('noisy');
  const server = await launch({ dataDir });
  try {
    const key = readFileSync(join(dataDir, 'deployment.key'), 'utf8').trim().split(/\s+/)[0] ?? '';
    const [noisy, other] = [await newTenant(server, key, 'noisy'), await newTenant(server, key, 'other')];
    await limit(server, key, 'noisy');
    const latencies = { quiet: [] as number[], noisy: [] as number[] };
    const answers: Record<string, number> = {};
    let offered = 0;
    const cpuMs = { quiet: 0, noisy: 0 };
    await Promise.all([flood(noisy.hook, QUOTA), steady(other.hook, [])]);
    for (let round_ = 0; round_ < Math.max(4, context.seconds * 2); round_++) {
      for (const phase of ['quiet', 'noisy'] as const) {
        const before = cpuMsOf(server.pid);
        const rate = phase === 'noisy' ? QUOTA * TIMES : QUOTA;
        const [{ statuses, sent }] = await Promise.all([flood(noisy.hook, rate), steady(other.hook, latencies[phase])]);
        cpuMs[phase] += cpuMsOf(server.pid) - before;
        if (phase === 'quiet') continue;
        offered += sent;
        for (const [status, count] of Object.entries(statuses)) answers[status] = (answers[status] ?? 0) + count;
      }
    }
    const [quietP99, noisyP99] = [percentile(latencies.quiet, 99), percentile(latencies.noisy, 99)];
    const refused = answers['429'] ?? 0;
    const noisyResult = {
      quietP50: round(percentile(latencies.quiet, 50), 2),
      noisyP50: round(percentile(latencies.noisy, 50), 2),
      quietP99: round(quietP99, 2),
      noisyP99: round(noisyP99, 2),
      p99Ratio: round(noisyP99 / quietP99, 2),
      offered,
      answers,
      refusalCpuMs: round((cpuMs.noisy - cpuMs.quiet) / Math.max(1, refused), 3),
    };
    return { results: { noisy: noisyResult } };
  } finally {
    await server.stop();
  }
}

export const section: Section = { name: 'noisy', run };
