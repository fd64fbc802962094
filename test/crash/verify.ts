import type { Client, OutputOf } from '../../sdk/client/index.ts';
import { ApiError } from '../../sdk/client/index.ts';
import type { Acknowledged } from './load.ts';
import type { Arrival } from './sink.ts';

export type View = OutputOf<'GET /v1/runs/{id}'>;

const FINAL = new Set(['success', 'error', 'canceled', 'superseded']);
/** A run that is not over by then is lost. An alarm that the platform loses may cost a minute (docs/design/durable-execution.md). */
export const END_LIMIT_MS = 120_000;
const PARALLEL = 16;
const LATE_MS = 10_000;

/** The run when it is over; undefined when it is missing or still not over at `deadlineMs` (of performance.now). */
export async function finished(client: Client, run: string, deadlineMs: number): Promise<View | undefined> {
  for (;;) {
    try {
      const view = await client.call('GET /v1/runs/{id}', { params: { id: run } });
      if (FINAL.has(view.status)) return view;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      if (performance.now() > deadlineMs) throw error;
    }
    if (performance.now() > deadlineMs) return undefined;
    await new Promise((done) => setTimeout(done, 100));
  }
}

export async function finishedAll(
  client: Client,
  runs: readonly string[],
  limitMs: number,
): Promise<Map<string, View | undefined>> {
  const deadlineMs = performance.now() + limitMs;
  const views = new Map<string, View | undefined>();
  const queue = [...runs];
  const worker = async (): Promise<void> => {
    for (let run = queue.pop(); run !== undefined; run = queue.pop()) {
      // reading tens of thousands of runs takes longer than a run may: one that is asked for late has some time too
      views.set(run, await finished(client, run, Math.max(deadlineMs, performance.now() + LATE_MS)));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return views;
}

/** Number of the sink's answer that the run recorded as the outcome of its call. */
function recordedNumber(view: View, node: string): number | undefined {
  const step = view.nodes.find((each) => each.node === node && each.status === 'success');
  const json = step?.outputs[0]?.[0]?.['json'] as { n?: unknown } | undefined;
  return typeof json?.n === 'number' ? json.n : undefined;
}

/**
 * Steps that were executed again although their outcome was recorded (promise P2): the sink heard step 1 after step 2
 * of the same run, or heard a step once more after the answer that became its outcome.
 */
export function repeatedSteps(arrivals: readonly Arrival[], views: ReadonlyMap<string, View | undefined>): string[] {
  const repeated: string[] = [];
  const latest = new Map<string, number>();
  const passed = new Map<string, number>();
  for (const { run, step, n } of arrivals) {
    if (step < (passed.get(run) ?? 0)) repeated.push(`${run} step ${step} after step ${passed.get(run)}`);
    passed.set(run, Math.max(step, passed.get(run) ?? 0));
    latest.set(`${run} ${step}`, n);
  }
  for (const [run, view] of views) {
    if (!view) continue;
    for (const step of [1, 2]) {
      const recorded = recordedNumber(view, `call${step}`);
      const last = latest.get(`${run} ${step}`);
      if (recorded !== undefined && last !== undefined && last > recorded) {
        repeated.push(`${run} step ${step} after its outcome`);
      }
    }
  }
  return repeated;
}

/** Effects whose attempts did not all carry one key (promise P3), and client ids that became several runs (P1). */
export function contradictions(arrivals: readonly Arrival[], acknowledged: readonly Acknowledged[]): string[] {
  const wrong: string[] = [];
  const keys = new Map<string, string>();
  const runs = new Map<string, string>();
  const only = (map: Map<string, string>, of: string, value: string, what: string): void => {
    const known = map.get(of) ?? value;
    map.set(of, known);
    if (known !== value) wrong.push(`${what} ${of}: ${known} and ${value}`);
  };
  for (const { run, id, step, key } of arrivals) {
    only(keys, `${run} step ${step}`, key, 'keys of');
    only(runs, id, run, 'runs of');
    if (key === '') wrong.push(`no key for ${run} step ${step}`);
  }
  for (const { run, id } of acknowledged) only(runs, id, run, 'runs of');
  return [...new Set(wrong)];
}
