import { Divergence } from './divergence.ts';
import type { RunEvent } from './events.ts';
import type { Program } from './program.ts';
import { Run } from './run.ts';

/** Rebuilds a run from its journal. Throws Divergence when the program would have decided otherwise (P7, P10). */
export function replay(id: string, program: Program, events: readonly RunEvent[]): Run {
  const run = new Run(id, program);
  const [first] = events;
  if (first?.t !== 'start') throw new Divergence(`the journal of ${id} does not begin with "start"`);
  for (const event of events) run.apply(event);
  return run;
}

/** Why a live run could not move to `program`, or undefined when its journal replays there. */
export function migrationProblem(id: string, program: Program, events: readonly RunEvent[]): string | undefined {
  try {
    replay(id, program, events);
    return undefined;
  } catch (error) {
    if (error instanceof Divergence) return error.message;
    throw error;
  }
}
