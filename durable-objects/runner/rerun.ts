import type { RunEvent, Starter } from '../../core/engine/events.ts';
import type { Run } from '../../core/engine/run.ts';

/** Index of the first step to run again: the named node's first, else the one that failed, else the last. */
export function cutBefore(run: Run, node: string | undefined): number | undefined {
  const { steps, program } = run;
  if (node === undefined) {
    const failed = steps.findLastIndex((step) => step.status === 'error');
    return failed >= 0 ? failed : Math.max(0, steps.length - 1);
  }
  const index = program.graph.byId.get(node) ?? program.graph.byName.get(node);
  const at = steps.findIndex((step) => step.node === index);
  return at < 0 ? undefined : at;
}

/** The events of a run, as started by whoever runs it again. */
export const begunBy = (events: readonly RunEvent[], by: Starter): RunEvent[] =>
  events.map((event) => (event.t === 'start' ? { ...event, by } : event));
