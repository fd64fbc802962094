import { canonical } from '../../core/data/canonical.ts';
import type { Json } from '../../core/data/item.ts';
import type { Run } from '../../core/engine/run.ts';
import type { Step } from '../../core/engine/step.ts';
import { announces } from '../../core/shard/attempt.ts';
import { inDoubtPolicy } from '../../core/shard/recover.ts';

/**
 * A run as text, the same whenever two runs would go on the same way. What is never recorded because it can simply be
 * done again (an effect that may be repeated, a program being loaded) is one and the same state.
 */
export function dump(run: Run): string {
  return canonical({
    id: run.id,
    version: run.program.version,
    start: plain(run.start),
    steps: run.steps.map((step) => stepDump(run, step)),
    stack: plain(run.stack),
    joins: plain([...parked(run)]),
    contexts: plain([...run.contexts].toSorted(([a], [b]) => a - b)),
    held: run.held,
    paused: run.paused,
    final: plain(run.final ?? null),
    owesHandoff: run.owesHandoff,
    admittedAt: run.admittedAt ?? null,
    tat: run.tat ?? null,
  });
}

/** Dump of a replayed run beside a live one: the live one may have begun a step that left no record yet. */
export function dumpLike(live: Run, replayed: Run): string {
  if (live.active && !replayed.active) replayed.next(0);
  return dump(replayed);
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

const parked = (run: Run): Map<number, unknown> => (run.joins as unknown as { parked: Map<number, unknown> }).parked;

function stepDump(run: Run, step: Step): Json {
  return plain({
    index: step.index,
    node: run.program.graph.nodes[step.node]?.def.id,
    runIndex: step.runIndex,
    startedAt: step.state.kind === 'done' ? step.startedAt : 0,
    sources: step.sources,
    inputs: step.inputs,
    state: stateDump(run, step),
    attempts: step.attempts,
    status: step.status,
    outputs: step.outputs,
    error: step.error ?? null,
    durationMs: step.durationMs ?? null,
  });
}

function stateDump(run: Run, { state, node }: Step): unknown {
  if (state.kind === 'done') return state;
  // whatever it was doing, nothing comes of it
  if (run.final) return 'over';
  if (state.kind === 'effect' && !announces(state.effect)) return 'again';
  if (state.kind === 'effect' || state.kind === 'announced') {
    const kind = state.kind === 'effect' ? state.effect.class : state.class;
    // recovery repeats it; while the run is paused that is still to come
    if (inDoubtPolicy(kind, run.program.graph.nodes[node]?.def.inDoubt) === 'retry') return 'again';
    return 'announced';
  }
  // a retry whose time came: recovery takes it from its date again
  if (state.kind === 'run' || state.kind === 'load' || state.kind === 'retry' || state.kind === 'woken') return 'again';
  // all that was called has ended: recovery wakes the step that a live one has woken already
  if (state.kind === 'children' && (state.wait ? state.results : state.runs).length >= state.batches) return 'again';
  return state;
}
