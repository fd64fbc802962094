import type { Run } from '../../core/engine/run.ts';
import type { CalledCall, CalledReply, RunHead } from './protocol.ts';

/** One page of the runs that a run called, in their order. Those that are no longer kept are passed over. */
export function calledRuns(
  run: Run,
  headOf: (id: string) => RunHead | undefined,
  { step, after = 0, limit }: CalledCall,
): CalledReply {
  const steps = step === undefined ? run.steps : run.steps.filter(({ index }) => index === step);
  const ids = steps.flatMap(({ called = [] }) => called);
  const runs = ids.slice(after, after + limit).flatMap((id) => headOf(id) ?? []);
  const next = after + limit;
  return next < ids.length ? { runs, next } : { runs };
}
