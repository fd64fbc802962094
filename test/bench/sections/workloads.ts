import { startStub } from '../http-stub.ts';
import type { Launched } from '../launcher.ts';
import { cpuMsOf } from '../process-tree.ts';
import type { Results, Row } from '../results.ts';
import { median, round } from '../results.ts';
import type { BenchContext, Measurement, Section } from '../section.ts';
import { Skipped } from '../section.ts';
import { checkAnswer, install, loadWorkloads } from '../workloads.ts';
import type { Workload } from '../workloads.ts';
import type { Measured } from '../wrk.ts';
import { requireWrk, wrk } from '../wrk.ts';

const CONNECTIONS = [1, 16, 64];
/** A, B, A, B: the machine's mood changes between runs more than within a pair. */
const ROUNDS = 2;
const WARM_SECONDS = 2;

interface Target {
  server: Launched;
  url: string;
  method: 'GET' | 'POST';
  body?: string;
}

interface Sample extends Measured {
  cpuMs: number;
}

/** Work whose client has gone still runs; it must not count against the next. */
async function settle(pid: number): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const before = cpuMsOf(pid);
    await new Promise((done) => setTimeout(done, 250));
    if (cpuMsOf(pid) - before < 40) return;
  }
}

async function measure(target: Target, connections: number, seconds: number): Promise<Sample> {
  const { server, url, method, body } = target;
  const before = cpuMsOf(server.pid);
  const measured = await wrk({ url, method, connections, seconds, ...(body === undefined ? {} : { body }) });
  const cpuMs = (cpuMsOf(server.pid) - before) / Math.max(1, measured.requests);
  if (measured.requests < connections) throw new Error(`${url} answered ${measured.requests} requests in ${seconds} s`);
  if (measured.errors > 0) throw new Error(`${measured.errors} of ${measured.requests} requests to ${url} failed`);
  await settle(server.pid);
  return { ...measured, cpuMs };
}

/** The hand-written counterpart. */
function bareTarget(bare: Launched, workload: Workload): Target {
  if (workload.name === 'W4') return { server: bare, url: `${bare.url}/w4`, method: 'POST', body: workload.body };
  if (workload.name === 'W5') return { server: bare, url: `${bare.url}/w5`, method: 'POST', body: workload.body };
  return { server: bare, url: `${bare.url}/ins1`, method: 'GET' };
}

async function rowOf(ours: Target, theirs: Target, connections: number, context: BenchContext): Promise<Row> {
  const samples: Sample[] = [];
  const ratios: number[] = [];
  const bares: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn++) {
    const a = await measure(ours, connections, context.seconds);
    const b = await measure(theirs, connections, context.seconds);
    samples.push(a);
    bares.push(b.rps);
    ratios.push(a.rps / b.rps);
  }
  const of = (pick: (sample: Sample) => number): number => median(samples.map(pick));
  context.say(`  ${connections}: ${round(of((s) => s.rps))}/s, bare ${round(median(bares))}/s`);
  return {
    rps: round(
      of((s) => s.rps),
      1,
    ),
    p50: round(
      of((s) => s.p50),
      2,
    ),
    p99: round(
      of((s) => s.p99),
      2,
    ),
    cpuMs: round(
      of((s) => s.cpuMs),
      3,
    ),
    ratioToBare: round(median(ratios), 3),
  };
}

/** A product that had to be started again gets the time for it. */
async function answers({ url }: Launched): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    try {
      const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1_000) });
      if (response.ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((done) => setTimeout(done, 500));
  }
}

async function run(context: BenchContext): Promise<Measurement> {
  requireWrk();
  const all = await loadWorkloads();
  if (!all) throw new Skipped('the workloads are not here; they belong in ../shared/bench');
  const chosen = all.filter(({ name }) => context.workloads?.includes(name) ?? true);
  if (chosen.length === 0) {
    throw new Error(`there is no such workload; there are ${all.map(({ name }) => name).join(', ')}`);
  }
  const stub = await startStub();
  try {
    const product = await context.product();
    const bare = await context.bare();
    const workloads: Results['workloads'] = {};
    let failed = 0;
    for (const workload of chosen) {
      context.say(` ${workload.name}`);
      try {
        const { hook } = await install(product, workload.file);
        if (hook === undefined) throw new Error('publishing gave no webhook');
        await checkAnswer(hook, workload);
        const ours: Target = { server: product, url: hook, method: 'POST', body: workload.body };
        const theirs = bareTarget(bare, workload);
        if (theirs.method === 'POST') await checkAnswer(theirs.url, workload);
        await measure(ours, 4, WARM_SECONDS);
        await measure(theirs, 4, WARM_SECONDS);
        const rows: Record<string, Row> = {};
        for (const connections of CONNECTIONS) rows[connections] = await rowOf(ours, theirs, connections, context);
        workloads[workload.name] = rows;
      } catch (error) {
        // One workload that does not run must not hide the others.
        context.say(`  FAILED: ${error instanceof Error ? error.message : String(error)}\n${product.log()}`);
        failed++;
        await answers(product);
      }
    }
    return { results: { workloads }, failed };
  } finally {
    stub.stop();
  }
}

export const section: Section = { name: 'workloads', run };
