import { canonical } from '../../../core/data/canonical.ts';
import type { Json, Outputs } from '../../../core/data/item.ts';
import type { RunEvent } from '../../../core/engine/events.ts';
import { executeStep } from '../../../core/engine/execute.ts';
import { unpackOutputs } from '../../../core/engine/pack.ts';
import { replay } from '../../../core/engine/replay.ts';
import { Run } from '../../../core/engine/run.ts';
import { dump, dumpLike } from '../dump.ts';
import { type History, journalsOf, programAt, type Recorded } from '../history.ts';

/** P10: a journal rebuilds the run it is of; and at every point of it the same decision would be made again. */
export function checkP10(history: History): string | undefined {
  for (const [id, journal] of journalsOf(history)) {
    const problem = checkWhole(history, id, journal) ?? checkDecisions(history, id, journal);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkWhole(history: History, id: string, journal: readonly Recorded[]): string | undefined {
  const program = programAt(history, journal);
  const live = history.lives.get(id);
  if (!program) return `the version ${id} is on is not known`;
  const replayed = replay(
    id,
    program,
    journal.map(({ event }) => event),
  );
  if (!live?.final || live.owesHandoff) return undefined;
  const [was, is] = [dump(live), dumpLike(live, replayed)];
  return was === is ? undefined : `${id} is not what its journal says:\n  live     ${was}\n  replayed ${is}`;
}

/** Walks the journal and asks, wherever a node was run, whether it says again what it said. */
function checkDecisions(history: History, id: string, journal: readonly Recorded[]): string | undefined {
  const last = journal.findLastIndex(({ event }) => event.t === 'migrate');
  const program = programAt(history, journal);
  const start = journal[0]?.event;
  if (!program || (start?.t === 'start' && start.rerunOf !== undefined)) return undefined;
  const run = new Run(id, program);
  for (const [index, { event }] of journal.entries()) {
    if (index > last && 'n' in event && event.n !== undefined) {
      const problem = disagrees(run, event);
      if (problem !== undefined) return `${id}, event ${index} (${event.t} of ${event.n}): ${problem}`;
    }
    run.apply(event);
  }
  return undefined;
}

const text = (outputs: Outputs): string => canonical(JSON.parse(JSON.stringify(outputs)) as Json);

function disagrees(run: Run, event: RunEvent): string | undefined {
  // not the node's decision: each time it was to make one, the host ended
  if (event.t === 'step' && event.err?.code === 'step-killed-host') return undefined;
  const state = run.active?.state.kind ?? 'run';
  const isFresh = state === 'run' || state === 'woken' || state === 'retry';
  if (!isFresh || event.t === 'wake' || event.t === 'child' || event.t === 'child-end' || event.t === 'doubt') {
    return undefined;
  }
  const step = run.next(event.at);
  if (!step) return 'there is no step to take';
  const before = step.state;
  if (before.kind === 'retry') step.state = { kind: 'run' };
  const result = executeStep(run, step, { nowMs: event.at, vars: {}, resumeUrl: (name) => `sim:${name}` });
  step.state = before;
  switch (result.kind) {
    case 'effect':
      // its reply came from outside; only an announcement names the effect itself
      return event.t === 'issue' && event.class !== result.effect.class ? `now ${result.effect.class}` : undefined;
    case 'call':
      return event.t === 'call' || event.t === 'step' || event.t === 'retry' ? undefined : 'now a call';
    case 'wait':
      return event.t === 'wait' ? undefined : 'now a wait';
    case 'failure':
      return (event.t === 'step' || event.t === 'retry') && event.err?.code === result.error.code
        ? undefined
        : `now fails: ${result.error.code}`;
    case 'output':
      if (event.t === 'retry') return event.err.code === 'item-error' ? undefined : 'now an output';
      if (event.t !== 'step' || event.err) return 'now an output';
      return text(unpackOutputs(event.out ?? [], step.inputs)) === text(result.outputs) ? undefined : 'other items';
  }
}
