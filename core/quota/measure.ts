import type { RunEvent } from '../engine/events.ts';
import type { Run } from '../engine/run.ts';
import type { Counts } from './meters.ts';

/** Expression steps ("fuel") a microsecond of CPU takes; measured, docs/design/measurements.md. */
const FUEL_PER_US = 100;
/** What a step costs beside its expressions: scheduling, its record, its share of the commit. */
const STEP_US = 20;

export const cpuUsOfFuel = (fuel: number): number => Math.ceil(fuel / FUEL_PER_US);

const isPoll = ({ start, program }: Run): boolean => {
  if (start.mode !== 'production') return false;
  const type = program.graph.nodes[program.graph.byId.get(start.node) ?? -1]?.def.type;
  return type !== undefined && program.registry.get(type)?.trigger === 'poll';
};

/** A minute's poll that found nothing new: it is no run anybody looks for, or pays for. */
export function isIdlePoll(run: Run): boolean {
  const { final, steps } = run;
  const [only] = steps;
  if (final?.status !== 'success' || steps.length !== 1 || !only || !isPoll(run)) return false;
  return only.outputs.every((items) => (items?.length ?? 0) === 0);
}

/**
 * How the start of a run counts. `later`: a poll, which counts when it ends and found something. `never`: a part of what
 * was counted already, such as a sub-workflow or an error workflow.
 */
export function startCounts(run: Run): 'now' | 'later' | 'never' {
  const { mode, parent } = run.start;
  if (parent || mode === 'child' || mode === 'error') return 'never';
  return isPoll(run) ? 'later' : 'now';
}

/** What one event of a run adds to its tenant's usage; every event counts once, when it is recorded. */
export function countsOf(run: Run, event: RunEvent): Counts | undefined {
  switch (event.t) {
    case 'start':
      return startCounts(run) === 'now' ? { runs: 1 } : undefined;
    case 'step':
      // Outcomes a rerun took over from the run it repeats were used there.
      if (run.start.rerunOf !== undefined && event.at < run.start.at) return undefined;
      return { ...event.u, steps: 1, cpuUs: (event.u?.cpuUs ?? 0) + STEP_US };
    case 'end': {
      const isFound = startCounts(run) === 'later' && !isIdlePoll(run);
      return isFound ? { ...event.u, runs: 1 } : event.u;
    }
    case 'retry':
    case 'wait':
      return event.u;
    default:
      return undefined;
  }
}
