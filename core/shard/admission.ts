import type { Hold, StartEvent } from '../engine/events.ts';
import type { Run } from '../engine/run.ts';

type Limits = NonNullable<StartEvent['limits']>;
export type Verdict = { go: true; tat?: number } | { go: false; hold: Hold };

/** Runs held under one key, best first. */
interface Lane {
  held: Run[];
}

/**
 * Keyed limits of one shard: who may begin now, who waits, and who is next. Debounce first (is this trigger still
 * the newest?), then rate, then concurrency. A run keeps its concurrency slot until it ends.
 */
export class Admission {
  private readonly busy = new Map<string, number>();
  /** GCRA: theoretical arrival time per rate key. */
  private readonly tats = new Map<string, number>();
  private readonly lanes = new Map<string, Lane>();
  private readonly debounced = new Map<string, Run>();
  private readonly tickets = new WeakMap<Run, number>();
  private nextTicket = 0;

  decide(run: Run, now: number, settled: boolean): Verdict {
    const { limits } = run.start;
    const { settings } = run.program.graph.doc;
    if (!limits) return { go: true };
    if (limits.debounce !== undefined && settings.debounce && !settled) {
      const { delayMs, maxDelayMs } = settings.debounce;
      const latest = (limits.firstAt ?? now) + (maxDelayMs ?? Number.POSITIVE_INFINITY);
      return { go: false, hold: { by: 'debounce', key: limits.debounce, dueAt: Math.min(now + delayMs, latest) } };
    }
    if (limits.concurrency !== undefined && settings.concurrency) {
      if ((this.busy.get(limits.concurrency) ?? 0) >= settings.concurrency.limit) {
        return { go: false, hold: { by: 'concurrency', key: limits.concurrency } };
      }
    }
    if (limits.rate !== undefined && settings.rateLimit) {
      const { limit, periodMs } = settings.rateLimit;
      const gap = periodMs / limit;
      const tat = Math.max(now, this.tats.get(limits.rate) ?? 0);
      const dueAt = Math.ceil(tat - (periodMs - gap));
      if (now < dueAt) return { go: false, hold: { by: 'rate', key: limits.rate, dueAt } };
      return { go: true, tat: tat + gap };
    }
    return { go: true };
  }

  /** Takes the slot a decision granted; also when a journal is replayed. */
  take(limits: Limits | undefined, tat: number | undefined): void {
    if (!limits) return;
    if (limits.concurrency !== undefined) {
      this.busy.set(limits.concurrency, (this.busy.get(limits.concurrency) ?? 0) + 1);
    }
    this.remember(limits.rate, tat);
  }

  /** Restores a rate key's state, e.g. from runs that have ended since. */
  remember(rate: string | undefined, tat: number | undefined): void {
    if (rate !== undefined && tat !== undefined) this.tats.set(rate, Math.max(tat, this.tats.get(rate) ?? 0));
  }

  /** Frees what a begun run held. */
  release(limits: Limits | undefined): void {
    if (limits?.concurrency === undefined) return;
    const left = (this.busy.get(limits.concurrency) ?? 1) - 1;
    if (left > 0) this.busy.set(limits.concurrency, left);
    else this.busy.delete(limits.concurrency);
  }

  /** Queues a held run; returns the run it supersedes, when it is a later trigger of one debounce key. */
  park(run: Run): Run | undefined {
    const { limits, hold } = run.start;
    let superseded: Run | undefined;
    if (hold?.by === 'debounce') {
      superseded = this.debounced.get(hold.key);
      this.debounced.set(hold.key, run);
    }
    const lane = laneOf(limits);
    const { held } = this.lanes.get(lane) ?? this.open(lane);
    if (!this.tickets.has(run)) this.tickets.set(run, this.nextTicket++);
    let at = held.length;
    while (at > 0 && this.goesBefore(run, held[at - 1])) at--;
    held.splice(at, 0, run);
    return superseded === run ? undefined : superseded;
  }

  /** When the first trigger of a debounce key came: the base of its longest delay. */
  debounceSince(key: string): number | undefined {
    return this.debounced.get(key)?.start.limits?.firstAt;
  }

  unpark(run: Run): void {
    const { limits, hold } = run.start;
    if (hold?.by === 'debounce' && this.debounced.get(hold.key) === run) this.debounced.delete(hold.key);
    const name = laneOf(limits);
    const lane = this.lanes.get(name);
    const at = lane?.held.indexOf(run) ?? -1;
    if (!lane || at < 0) return;
    lane.held.splice(at, 1);
    if (lane.held.length === 0) this.lanes.delete(name);
  }

  /** The same held run under another program keeps its place. */
  swap(from: Run, to: Run): void {
    const ticket = this.tickets.get(from);
    this.unpark(from);
    if (ticket !== undefined) this.tickets.set(to, ticket);
    this.park(to);
  }

  /** Held runs that compete with `run`, best first. */
  rivals(run: Run): readonly Run[] {
    return this.lanes.get(laneOf(run.start.limits))?.held ?? [];
  }

  /** Higher priority first; among equals whoever came first, however often it was looked at since. */
  private goesBefore(run: Run, other: Run | undefined): boolean {
    if (!other) return false;
    const difference = (other.start.limits?.priority ?? 0) - (run.start.limits?.priority ?? 0);
    return difference < 0 || (difference === 0 && (this.tickets.get(run) ?? 0) < (this.tickets.get(other) ?? 0));
  }

  private open(lane: string): Lane {
    const made: Lane = { held: [] };
    this.lanes.set(lane, made);
    return made;
  }
}

function laneOf(limits: Limits | undefined): string {
  if (limits?.concurrency !== undefined) return `c:${limits.concurrency}`;
  if (limits?.rate !== undefined) return `r:${limits.rate}`;
  return `d:${limits?.debounce ?? ''}`;
}
