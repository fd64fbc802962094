import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../../sdk/client/index.ts';
import { createClient } from '../../../sdk/client/index.ts';
import { quickStart } from '../../../workers/seed/quick-start.ts';
import { cpuMsOf } from '../process-tree.ts';
import type { Launched } from '../launcher.ts';
import { launch } from '../launcher.ts';
import { newLoad } from '../load/index.ts';
import type { Flooded } from '../results.ts';
import { median, round } from '../results.ts';
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

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

interface Shape {
  quiet: number[];
  noisy: number[];
  ratios: number[];
  offered: number;
  answers: Record<string, number>;
  cpuMs: { quiet: number; noisy: number };
}

/** Rounds of a quiet and a noisy phase each; a block of them gives one ratio, so that one slow write of the disk decides nothing. */
const BLOCK_ROUNDS = 4;

interface Plan {
  shape: 'few' | 'many';
  blocks: number;
}

async function measure(
  server: Launched,
  tenants: { noisy: Tenant; other: Tenant },
  { shape, blocks }: Plan,
): Promise<Shape> {
  const flood = newLoad(tenants.noisy.hook, shape);
  const steady = newLoad(tenants.other.hook, 'many');
  const all: Shape = { quiet: [], noisy: [], ratios: [], offered: 0, answers: {}, cpuMs: { quiet: 0, noisy: 0 } };
  const phase = async (kind: 'quiet' | 'noisy', into: number[]): Promise<void> => {
    const before = cpuMsOf(server.pid);
    const [sent, other] = await Promise.all([
      flood.phase(kind === 'noisy' ? QUOTA * TIMES : QUOTA, PHASE_SECONDS),
      steady.phase(STEADY, PHASE_SECONDS),
    ]);
    all.cpuMs[kind] += cpuMsOf(server.pid) - before;
    if (other.statuses['200'] !== other.sent) {
      throw new Error(`the other tenant was answered ${JSON.stringify(other.statuses)}`);
    }
    into.push(...other.latencies);
    if (kind === 'quiet') return;
    all.offered += sent.sent;
    for (const [status, count] of Object.entries(sent.statuses)) {
      all.answers[status] = (all.answers[status] ?? 0) + count;
    }
  };
  try {
    await phase('noisy', []);
    [all.offered, all.answers, all.cpuMs] = [0, {}, { quiet: 0, noisy: 0 }];
    for (let block = 0; block < blocks; block++) {
      const times = { quiet: [] as number[], noisy: [] as number[] };
      for (let at = 0; at < BLOCK_ROUNDS; at++) {
        // The order changes, so that what comes after a phase falls on both.
        const order = at % 2 === 0 ? (['quiet', 'noisy'] as const) : (['noisy', 'quiet'] as const);
        for (const kind of order) await phase(kind, times[kind]);
      }
      all.ratios.push(percentile(times.noisy, 99) / percentile(times.quiet, 99));
      all.quiet.push(...times.quiet);
      all.noisy.push(...times.noisy);
    }
    return all;
  } finally {
    flood.stop();
    steady.stop();
  }
}

function summary({ quiet, noisy, ratios, offered, answers, cpuMs }: Shape): Flooded {
  return {
    samples: quiet.length,
    quietP50: round(percentile(quiet, 50), 2),
    noisyP50: round(percentile(noisy, 50), 2),
    quietP99: round(percentile(quiet, 99), 2),
    noisyP99: round(percentile(noisy, 99), 2),
    p99Ratio: round(median(ratios), 2),
    blockRatios: ratios.map((ratio) => round(ratio, 2)),
    offered,
    answers,
    refusalCpuMs: round((cpuMs.noisy - cpuMs.quiet) / Math.max(1, answers['429'] ?? 0), 3),
  };
}

/** Promise P9: one tenant at a hundred times its quota, and what the other one's webhooks take meanwhile. */
async function run(context: BenchContext) {
  const dataDir = context.folder('noisy');
  const server = await launch({ dataDir });
  try {
    const key = readFileSync(join(dataDir, 'deployment.key'), 'utf8').trim().split(/\s+/)[0] ?? '';
    const [noisy, other] = [await newTenant(server, key, 'noisy'), await newTenant(server, key, 'other')];
    await limit(server, key, 'noisy');
    const tenants = { noisy, other };
    const few = summary(await measure(server, tenants, { shape: 'few', blocks: context.seconds }));
    const blocks = Math.ceil(context.seconds / 2);
    return { results: { noisy: { ...few, open: summary(await measure(server, tenants, { shape: 'many', blocks })) } } };
  } finally {
    await server.stop();
  }
}

export const section: Section = { name: 'noisy', run };
