import type { StartEvent } from '../engine/events.ts';
import type { Run } from '../engine/run.ts';
import { Admission, type Verdict } from './admission.ts';
import type { Shard } from './shard.ts';

/** Waiting runs looked at when a slot becomes free: the rest cannot be more urgent. */
const MAX_LOOK = 64;

/** Lets runs begin, or holds them until their limits allow it; and says which of those that wait is next. */
export class Gate {
  readonly admission = new Admission();
  private readonly shard: Shard;

  constructor(shard: Shard) {
    this.shard = shard;
  }

  /** Records a new run as begun or held. */
  enter(run: Run, event: StartEvent, limits: StartEvent['limits']): void {
    if (!limits) {
      this.admit(run, event, undefined);
      return;
    }
    const now = event.at;
    event.limits = limits;
    if (limits.debounce !== undefined) limits.firstAt = this.admission.debounceSince(limits.debounce) ?? now;
    // decide needs the start event; it only reads it
    run.start = event;
    const verdict = this.rivalsWait(run) ?? this.admission.decide(run, now, false);
    if (!verdict.go) event.hold = verdict.hold;
    this.admit(run, event, verdict.go ? verdict.tat : undefined);
  }

  private admit(run: Run, event: StartEvent, tat: number | undefined): void {
    this.shard.runs.set(run.id, run);
    this.shard.commit(run, event);
    if (event.hold) {
      const superseded = this.admission.park(run);
      if (superseded) {
        this.shard.end(superseded, 'superseded', { code: 'superseded', message: `Replaced by ${run.id}.` });
      }
      this.armHold(run);
      return;
    }
    if (tat !== undefined) this.shard.commit(run, { t: 'admit', at: event.at, tat });
    this.admission.take(event.limits, tat);
    this.shard.armRun(run);
    this.shard.slices.schedule(run);
  }

  /** A newcomer does not overtake runs of its key that already wait with at least its priority. */
  private rivalsWait(run: Run): Verdict | undefined {
    const { limits } = run.start;
    if (!limits || limits.debounce !== undefined) return undefined;
    const first = this.admission.rivals(run).find((rival) => rival.start.hold?.by !== 'debounce');
    if (!first?.start.hold || (first.start.limits?.priority ?? 0) < (limits.priority ?? 0)) return undefined;
    return { go: false, hold: first.start.hold };
  }

  armHold(run: Run): void {
    const at = run.start.hold?.dueAt;
    if (at !== undefined) this.shard.timers.add({ at, run: run.id, kind: 'hold' });
  }

  /** The slot that became free belongs to the best of those who wait for it, whoever's timer it was. */
  elapsed(run: Run): void {
    const best = this.admission.rivals(run).find((rival) => rival.start.hold?.by === run.start.hold?.by) ?? run;
    this.reconsider(best.start.hold?.by === 'debounce' ? run : best);
    if (best !== run && run.held && (run.start.hold?.dueAt ?? 0) <= this.shard.ports.now()) this.reconsider(run);
  }

  /** A held run's time has come, or a slot is free. True when it began. */
  private reconsider(run: Run): boolean {
    const now = this.shard.ports.now();
    const settled = run.start.hold?.by !== 'debounce' || (run.start.hold.dueAt ?? 0) <= now;
    const verdict = this.admission.decide(run, now, settled);
    this.admission.unpark(run);
    if (!verdict.go) {
      const { hold } = verdict;
      if (hold.by !== run.start.hold?.by || hold.dueAt !== run.start.hold?.dueAt) {
        this.shard.commit(run, { t: 'hold', at: now, hold });
      }
      this.admission.park(run);
      this.armHold(run);
      return false;
    }
    this.shard.commit(
      run,
      verdict.tat === undefined ? { t: 'admit', at: now } : { t: 'admit', at: now, tat: verdict.tat },
    );
    this.admission.take(run.start.limits, verdict.tat);
    this.shard.armRun(run);
    this.shard.slices.schedule(run);
    return true;
  }

  /** A slot became free: the best of those who wait for it goes next. */
  admitNext(ended: Run): void {
    for (const run of [...this.admission.rivals(ended)].slice(0, MAX_LOOK)) {
      if (run.start.hold?.by !== 'concurrency') continue;
      if (!this.reconsider(run) && run.start.hold?.by === 'concurrency') return;
    }
  }
}
