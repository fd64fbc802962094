import type { Run } from '../engine/run.ts';
import type { Step } from '../engine/step.ts';
import type { WorkflowNode } from '../graph/document.ts';
import type { EffectClass } from '../node/kit.ts';
import { announces } from './attempt.ts';
import type { Calls } from './calls.ts';
import type { Shard } from './shard.ts';

/** What to do with an effect that was announced and whose outcome was never recorded (promise P4). */
export function inDoubtPolicy(kind: EffectClass, wish: WorkflowNode['inDoubt']): 'retry' | 'ask' | 'fail' {
  if (wish) return wish;
  return kind === 'unsafe' || kind === 'probeable' ? 'ask' : 'retry';
}

/** Continues a replayed run. Idempotent: doing it twice issues nothing twice that was not lost. */
export function recoverRun(run: Run, shard: Shard, calls: Calls): void {
  if (run.final) {
    if (run.owesHandoff) calls.requestHandoff(run);
    return;
  }
  if (run.held) return;
  const step = run.active;
  if (step) recoverStep(run, step, shard, calls);
  else shard.slices.schedule(run);
}

function recoverStep(run: Run, step: Step, shard: Shard, calls: Calls): void {
  const { state } = step;
  const def = run.program.graph.nodes[step.node]?.def;
  if (state.kind === 'announced') {
    const policy = inDoubtPolicy(state.class, def?.inDoubt);
    if (policy === 'retry') {
      step.state = { kind: 'run' };
      shard.slices.schedule(run);
    } else if (policy === 'ask') {
      shard.commit(run, { t: 'doubt', at: step.startedAt, n: def?.id ?? '' });
    } else {
      const message =
        'The platform restarted while this effect was under way; it may have happened. Its node says to fail then.';
      shard.steps.fail(run, step, { code: 'in-doubt', message }, false);
    }
  } else if (state.kind === 'retry' || state.kind === 'wait') {
    shard.steps.arm(run, step);
  } else if (state.kind === 'children') {
    calls.recover(run, step, state);
  } else if (state.kind === 'run' || state.kind === 'woken') {
    shard.slices.schedule(run);
  }
}

/** An effect took too long. It may yet happen, so only what may be repeated is tried again (promise P4). */
export function overdue(run: Run, step: Step, shard: Shard): void {
  const { state } = step;
  const def = run.program.graph.nodes[step.node]?.def;
  if (state.kind !== 'effect' || def?.timeoutMs === undefined) return;
  const isRepeatable = !announces(state.effect) || inDoubtPolicy(state.effect.class, def.inDoubt) === 'retry';
  const message = `The node did not finish within ${def.timeoutMs} ms.`;
  shard.steps.fail(run, step, { code: 'timeout', message }, isRepeatable);
}
