import type { RunEvent } from '../../../core/engine/events.ts';
import type { Program } from '../../../core/engine/program.ts';
import type { Run } from '../../../core/engine/run.ts';
import type { Step } from '../../../core/engine/step.ts';
import type { EffectReply, EffectRequest } from '../../../core/node/kit.ts';
import { innerProgram } from '../../../core/nodes/inner-program.ts';
import type { RunRequest } from '../../../core/shard/memory-host.ts';
import { MemoryHost } from '../../../core/shard/memory-host.ts';

/** setTimeout takes at most 31 bits; the host looks again after a shorter sleep. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export interface LocalOptions {
  perform(effect: EffectRequest): Promise<EffectReply>;
  /** Finds a workflow that another one calls. */
  find(workflow: string): Program | undefined;
  /** A step of any run has ended. */
  onStep(run: Run, step: Step): void;
  interrupted: AbortSignal;
}

function sleep(ms: number) {
  let timer: NodeJS.Timeout | undefined;
  const done = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(Math.max(0, ms), MAX_DELAY_MS));
  });
  return { done, cancel: () => clearTimeout(timer) };
}

/**
 * Runs to the end, or to a wait that only somebody from outside could end, on the same shard as a server: with the real
 * clock and real effects, and nothing survives the process. Rejects when interrupted.
 */
export async function runLocally(program: Program, request: RunRequest, options: LocalOptions): Promise<Run> {
  const shown = new Map<string, number>();
  const host = new MemoryHost({
    now: () => Date.now(),
    random: () => Math.random(),
    sleep,
    perform: ({ effect }) => options.perform(effect),
    load: (workflow) => options.find(workflow),
    inner: innerProgram,
    onEvent(run: Run, event: RunEvent) {
      if (event.t !== 'step') return;
      // Events arrive after their commit, when the run may be steps ahead; steps end in their order.
      const index = shown.get(run.id) ?? 0;
      shown.set(run.id, index + 1);
      const step = run.steps[index];
      if (step) options.onStep(run, step);
    },
  });
  const interrupted = new Promise<never>((_resolve, reject) => {
    options.interrupted.addEventListener('abort', () => reject(new Error('interrupted')), { once: true });
  });
  const whole = async (): Promise<Run> => {
    const run = await host.run(program, request);
    // Runs that this one started without waiting for them end with this process otherwise.
    for (const other of host.shard.runs.values()) if (run.final && other.live) await host.untilRest(other.id);
    return run;
  };
  return Promise.race([whole(), interrupted]);
}
