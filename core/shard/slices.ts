import type { Run } from '../engine/run.ts';
import type { Shard } from './shard.ts';
import type { Suspicion } from './suspicion.ts';

/** Steps one run may take before the others get their turn. */
const SLICE_STEPS = 250;
/** Expression steps all runs together may take before the platform gets its turn: some 50 ms. */
const SLICE_FUEL = 5_000_000;
/** A request passes several turns before it is answered: one a slice would make it wait for as many slices. */
const BUSY_PAUSE_MS = 20;
/** A run that takes more steps than this is stopped as endless, unless its workflow allows more. */
const DEFAULT_MAX_STEPS = 25_000;

/** Shares the processor among the runs that can move: each takes a slice of steps, then the next has its turn. */
export class Slices {
  private readonly shard: Shard;
  private readonly suspicion: Suspicion;
  private readonly ready: Run[] = [];
  private draining = false;
  /** Since the turn began. Not measured by the clock, which Cloudflare stops while code runs. */
  private spentFuel = 0;

  constructor(shard: Shard, suspicion: Suspicion) {
    this.shard = shard;
    this.suspicion = suspicion;
  }

  schedule(run: Run): void {
    this.ready.push(run);
  }

  spend(fuel: number): void {
    this.spentFuel += fuel;
  }

  /** Works off every run that can move. Not re-entrant: a child that ends wakes its parent in the same loop. */
  drain(): void {
    if (this.draining) return;
    this.draining = true;
    this.spentFuel = 0;
    try {
      for (let run = this.ready.shift(); run; run = this.ready.shift()) if (this.suspicion.allows(run)) this.drive(run);
    } finally {
      this.draining = false;
    }
  }

  private drive(run: Run): void {
    for (let budget = this.suspicion.budgetOf(run, SLICE_STEPS); !run.final && !run.held;) {
      if (run.paused && run.active?.state.kind !== 'woken') return;
      const step = run.next(this.shard.ports.now());
      if (!step) {
        this.shard.end(run, 'success');
        return;
      }
      if (step.state.kind !== 'run' && step.state.kind !== 'woken') return;
      if (step.index >= (run.program.graph.doc.settings.maxSteps ?? DEFAULT_MAX_STEPS)) {
        this.shard.end(run, 'error', {
          code: 'too-many-steps',
          message: `Stopped after ${step.index} steps: the workflow seems to go round without end. Raise settings.maxSteps if it is meant to.`,
        });
        return;
      }
      const isBusy = this.spentFuel > SLICE_FUEL;
      if (budget-- <= 0 || isBusy) {
        const { id } = run;
        const goOn = (): void => {
          // by id: meanwhile it may have moved to another version
          const live = this.shard.runs.get(id);
          if (live) this.schedule(live);
          this.drain();
        };
        this.shard.ports.later(goOn, isBusy ? BUSY_PAUSE_MS : 0);
        return;
      }
      this.shard.steps.take(run, step);
      // finish() schedules for callers outside this loop; here the loop itself goes on
      if (this.ready.at(-1) === run) this.ready.pop();
    }
  }
}
