import type { Run } from '../../core/engine/run.ts';
import { waitingFor } from '../../core/engine/view.ts';
import { isIdlePoll } from '../../core/quota/measure.ts';
import type { StoredHead } from './store.ts';

/** The run list's line of a run. */
export function headOf(run: Run, last: number): StoredHead {
  const { start, final } = run;
  const node = run.program.graph.nodes[run.program.graph.byId.get(start.node) ?? -1];
  const head: StoredHead = {
    id: run.id,
    workflow: start.workflow,
    version: run.program.version,
    status: run.status,
    mode: start.mode,
    trigger: node?.def.type ?? '',
    startedAt: start.at,
    steps: run.steps.length,
    last,
  };
  if (final) head.finishedAt = final.at;
  if (final?.err && final.status === 'error') {
    head.error = { code: final.err.code, message: final.err.message.slice(0, 500) };
    const failed = run.program.graph.nodes[run.program.graph.byId.get(final.err.n ?? '') ?? -1];
    if (failed) head.error.node = failed.def.name.slice(0, 200);
  }
  const waits = waitingFor(run);
  if (waits !== undefined) head.waitingFor = waits;
  if (start.rerunOf !== undefined) head.rerunOf = start.rerunOf;
  if (start.by) head.startedBy = { kind: start.by.kind, id: start.by.id };
  if (run.owesHandoff) head.owes = true;
  if (isIdlePoll(run)) head.idle = true;
  return head;
}
