import type { Workflow } from '../../core/graph/document.ts';
import type { Launched } from '../bench/launcher.ts';
import { launch } from '../bench/launcher.ts';
import { trigger } from './load.ts';
import type { Sink } from './sink.ts';
import { END_LIMIT_MS, finishedAll } from './verify.ts';
import { caller, sleeper } from './workflows.ts';

export interface Recovery {
  runs: number;
  lost: number;
  /** From the line that says ready to the last of the runs' ends; negative when they were over before it. */
  sleepersMs: number;
  callersMs: number;
  /** From starting the process again to the last of all ends. */
  restartMs: number;
}

export async function publish({ client }: Launched, document: Workflow): Promise<void> {
  const { id } = await client.call('POST /v1/workflows', { body: document });
  await client.call('POST /v1/workflows/{id}/publish', { params: { id } });
}

async function startMany(base: string, path: string, count: number, until: string): Promise<string[]> {
  const runs: string[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < count) {
      const id = `${path}-${next++}`;
      const run = await trigger(base, path, { id, until });
      if (run === undefined) throw new Error(`${path} was not acknowledged`);
      runs.push(run);
    }
  };
  await Promise.all(Array.from({ length: 16 }, client));
  return runs;
}

/** The sleepers must all be asleep before the power goes: they sleep several times as long as starting as many others took. */
const SLEEPS_PER_START = 4;
const MIN_SLEEP_MS = 4_000;

/**
 * `count` runs in flight, half asleep with a timer that becomes due while everything is down, half in a request that
 * is never answered. Nobody asks the restarted product for anything until all should be over: it must wake by itself.
 */
export async function recoveryOf(
  count: number,
  dataDir: string,
  sink: Sink,
  say: (text: string) => void,
): Promise<Recovery> {
  let server = await launch({ dataDir });
  try {
    await publish(server, sleeper);
    await publish(server, caller(sink.url));
    const base = `${server.url}/hooks/${server.tenant}`;
    sink.hold = true;
    const half = count >> 1;
    const begunAt = Date.now();
    const callers = await startMany(base, 'crash-call', half, '');
    const until = Date.now() + Math.max(MIN_SLEEP_MS, SLEEPS_PER_START * (Date.now() - begunAt));
    const sleepers = await startMany(base, 'crash-sleep', count - half, new Date(until).toISOString());
    if (Date.now() > until) throw new Error(`starting ${count} runs took longer than they sleep`);
    await server.kill();
    say(`  killed with ${count} runs in flight`);
    sink.hold = false;
    await new Promise((done) => setTimeout(done, Math.max(0, until - Date.now()) + 200));
    const restartedAt = Date.now();
    server = await launch({ dataDir });
    const readyAt = Date.now();
    await sink.reached(new Set(callers), 1, 30_000);
    await new Promise((done) => setTimeout(done, 3_000));
    const views = await finishedAll(server.client, [...callers, ...sleepers], END_LIMIT_MS);
    const lastOf = (runs: readonly string[]): number =>
      Math.max(...runs.map((run) => views.get(run)?.finishedAt ?? Infinity));
    return {
      runs: count,
      lost: [...views.values()].filter((view) => view?.status !== 'success').length,
      sleepersMs: lastOf(sleepers) - readyAt,
      callersMs: lastOf(callers) - readyAt,
      restartMs: lastOf([...sleepers, ...callers]) - restartedAt,
    };
  } finally {
    await server.kill();
  }
}
