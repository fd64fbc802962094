// `npm run test:crash -- [--rounds N] [--clients 16] [--inflight 1000] [--json]`: kills the whole product with SIGKILL
// under load, again and again, and checks what it promised (P1 acknowledged runs end, P2 recorded steps are not
// repeated, P3 one key an effect, and that usage and leases are settled to the run). Exit code 1 when a promise is broken.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Launched } from '../bench/launcher.ts';
import { launch } from '../bench/launcher.ts';
import { median, round } from '../bench/results.ts';
import type { Acknowledged } from './load.ts';
import { startLoad } from './load.ts';
import { publish, recoveryOf } from './recovery.ts';
import { startSink } from './sink.ts';
import { unsettled } from './usage.ts';
import { contradictions, END_LIMIT_MS, finishedAll, repeatedSteps } from './verify.ts';
import { crashWorkflows } from './workflows.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    clients: { type: 'string', default: '16' },
    inflight: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const clients = Number(values.clients);
const inflight = Number(values.inflight);
if (![rounds, clients, inflight].every((each) => Number.isInteger(each) && each >= 0)) {
  process.stderr.write('--rounds, --clients and --inflight must be whole numbers\n');
  process.exit(2);
}

const RECOVERY_LIMIT_MS = 30_000;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const folder = mkdtempSync(join(tmpdir(), 'millrace-crash-'));
const dataDir = join(folder, 'data');
const sink = await startSink();
const documents = crashWorkflows(sink.url);
const paths = [...documents.keys()];
const state = { acknowledged: [] as Acknowledged[], open: [] as { id: string; path: string }[] };
const recoveryMs: number[] = [];
const kills: number[] = [];
let server: Launched | undefined;

/** What there is to see of a run that should be over. */
async function stateOf(at: Launched | undefined, run: string): Promise<string> {
  const path = state.acknowledged.find((each) => each.run === run)?.path ?? '';
  try {
    const view = await at?.client.call('GET /v1/runs/{id}', { params: { id: run } });
    const steps = view?.nodes.map(({ node, status, attempts }) => `${node} ${status} (${attempts})`);
    return `lost: ${run} of ${path}, ${view?.status} ${view?.waitingFor ?? ''}: ${steps?.join(', ')}`;
  } catch (error) {
    return `lost: ${run} of ${path}, ${String(error)}`;
  }
}

async function main(): Promise<number> {
  let port = 0;
  let stuck = 0;
  for (let turn = 0; turn < rounds; turn++) {
    const restartedMs = performance.now();
    server = await launch({ dataDir, port });
    port = Number(new URL(server.url).port);
    if (turn === 0) for (const document of documents.values()) await publish(server, document);
    // Without asking it anything: what was under way must go on by itself. Waits have their own time.
    const due = new Set(state.acknowledged.filter(({ path }) => path !== 'crash-wait').map(({ run }) => run));
    if (turn > 0) {
      if (await sink.reached(due, 2, RECOVERY_LIMIT_MS)) recoveryMs.push(performance.now() - restartedMs);
      else stuck++;
    }
    const load = startLoad(`${server.url}/hooks/${server.tenant}`, paths, clients, state);
    await pause(300 + Math.random() * 2_200);
    kills.push(Date.now());
    await server.kill();
    server = undefined;
    await load.stop();
    say(
      `round ${turn + 1}: ${state.acknowledged.length} acknowledged, ${sink.arrivals.length} requests reached the sink`,
    );
  }
  server = await launch({ dataDir, port });
  const runs = [...new Set(state.acknowledged.map(({ run }) => run))];
  const views = await finishedAll(server.client, runs, END_LIMIT_MS);
  const books = await unsettled(server, dataDir);
  const missing = runs.filter((run) => views.get(run) === undefined);
  const lost = await Promise.all(missing.slice(0, 20).map((run) => stateOf(server, run)));
  await server.stop();
  server = undefined;
  const failed = runs.filter((run) => views.get(run) !== undefined && views.get(run)?.status !== 'success');
  const repeated = repeatedSteps(sink.arrivals, views);
  const wrong = contradictions(sink.arrivals, state.acknowledged);
  const recovered = runs.filter((run) => {
    const view = views.get(run);
    return view?.finishedAt !== undefined && kills.some((at) => view.startedAt <= at && at < (view.finishedAt ?? 0));
  }).length;
  for (const text of [
    ...lost,
    ...failed.map((run) => `failed: ${run} ${JSON.stringify(views.get(run)?.error)}`),
    ...repeated,
    ...wrong,
    ...books.wrong,
  ].slice(0, 20)) {
    say(`  ${text}`);
  }
  const thousand = inflight > 0 ? await recoveryOf(inflight, join(folder, 'inflight'), sink, say) : undefined;
  const result = {
    acknowledged: runs.length,
    lost: missing.length,
    repeatedSteps: repeated.length,
    recovered,
    rounds,
    recoveryMs: { p50: round(median(recoveryMs)), max: round(Math.max(0, ...recoveryMs)) },
    failed: failed.length,
    contradictions: wrong.length,
    stuck,
    runsCounted: books.counted,
    unsettled: books.wrong.length,
    ...(thousand ? { inflight: thousand } : {}),
  };
  process.stdout.write(`${values.json ? JSON.stringify(result) : JSON.stringify(result, undefined, 2)}\n`);
  const broken =
    result.lost +
    result.repeatedSteps +
    result.failed +
    result.contradictions +
    result.unsettled +
    stuck +
    (thousand?.lost ?? 0);
  return broken > 0 ? 1 : 0;
}

process.once('SIGINT', () => void (server?.kill() ?? Promise.resolve()).finally(() => process.exit(130)));
let code = 1;
try {
  code = await main();
} finally {
  await server?.kill();
  sink.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code);
