import { fullBucket, refill, waitFor } from '../../core/quota/bucket.ts';
import { outstanding, settle } from '../../core/quota/lease.ts';
import { addCounts, type Counts, FLOWS, type Meter, type UsageLine } from '../../core/quota/meters.ts';
import { reached } from '../../core/quota/notice.ts';
import { hoursOf, type Period, periodAt } from '../../core/quota/period.ts';
import type { Limits } from '../../core/quota/plan.ts';
import { arrive } from '../../core/quota/seen.ts';
import { runsIn } from '../../core/quota/tally.ts';
import type { Grant, Refused, Report, UsageEvent } from './protocol.ts';
import type { LeaseRow, MeterStore } from './store.ts';

/**
 * A shard that holds runs and has not settled for so long is asked to give them back. It need not be soon: when another
 * shard has none left, it is asked at once.
 */
export const LEASE_MS = 600_000;
/** While runs are granted elsewhere, asking again soon makes sense: they are called back meanwhile. */
const RECALL_MS = 1_000;

interface BookDeps {
  store: MeterStore;
  transaction<T>(action: () => T): T;
  now(): number;
}

/**
 * The books of one tenant: what was used, and what shards may still use. Synchronous, each entry one transaction:
 * usage is folded in the same commit that settles the lease it was used under.
 */
export class Book {
  readonly #deps: BookDeps;
  #totals: { period: Period; counts: Counts } | undefined;

  constructor(deps: BookDeps) {
    this.#deps = deps;
  }

  settle(report: Report, limits: Limits): Grant {
    const { store, now } = this.#deps;
    const granted = this.#write(() => {
      const used = report.usage && this.#take(report.usage) ? runsIn(report.usage.lines) : 0;
      const lease = store.lease(report.shard);
      if (report.seq <= lease.seq) {
        // Late: it may settle what was used, it must not move what a newer report was promised.
        const late = settle(lease, { used, keep: 0, want: 0, frozen: false, room: 0 });
        store.putLease({ ...lease, ...late });
        return { outstanding: outstanding(late) };
      }
      const { room, refused } = this.#room(limits, report.shard);
      const next = settle(lease, { used, keep: report.keep, want: report.want, frozen: report.frozen, room });
      const expiresAt = now() + LEASE_MS;
      store.putLease({ ...lease, ...next, seq: report.seq, expiresAt });
      this.#spend(limits, next.granted - lease.granted - (next.returned - lease.returned));
      const isShort = report.want > 0 && outstanding(next) <= report.keep;
      return isShort && refused ? { outstanding: outstanding(next), refused } : { outstanding: outstanding(next) };
    });
    return { ...granted, effects: limits.effects };
  }

  /** False when the event was folded before. */
  fold(event: UsageEvent): boolean {
    return this.#write(() => this.#take(event));
  }

  /** What was used in the period that runs now. */
  get used(): { [M in Meter]: number } {
    const used = { storageBytes: 0, members: 0 } as { [M in Meter]: number };
    for (const { meter, amount } of this.#deps.store.gauges()) used[meter] = amount;
    const { counts } = this.#current();
    for (const flow of FLOWS) used[flow] = counts[flow] ?? 0;
    return used;
  }

  get period(): Period {
    return this.#current().period;
  }

  /** Limits reached since this was last asked, each once a period. */
  notice(limits: Limits): number {
    const { store, now } = this.#deps;
    const due = reached(this.used, limits);
    return this.#deps.transaction(() => due.filter((notice) => store.addNotice(this.period.id, notice, now())).length);
  }

  /** Leases nobody settled in time. */
  expired(): LeaseRow[] {
    const nowMs = this.#deps.now();
    return this.#deps.store.leases().filter((lease) => lease.expiresAt <= nowMs && outstanding(lease) > 0);
  }

  /** When the first lease expires; undefined when nothing is outstanding. */
  nextExpiry(): number | undefined {
    const times = this.#deps.store
      .leases()
      .filter((lease) => outstanding(lease) > 0)
      .map((lease) => lease.expiresAt);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** A write that fails leaves memory as it was: sums are read again. */
  #write<T>(action: () => T): T {
    try {
      return this.#deps.transaction(action);
    } catch (error) {
      this.#totals = undefined;
      throw error;
    }
  }

  #take({ source, from, to, lines }: UsageEvent): boolean {
    const { store, now } = this.#deps;
    const { arrival, seen } = arrive(store.seen(source), from, to);
    if (arrival === 'overlap') {
      throw new Error(`usage-overlap: ${source} ${from}-${to} repeats a part of what is known`);
    }
    if (arrival === 'duplicate') return false;
    const current = this.#current();
    store.putSeen(source, seen, now());
    store.rollup.add(lines);
    for (const { counts } of inPeriod(lines, current.period)) addCounts(current.counts, counts);
    return true;
  }

  #current(): { period: Period; counts: Counts } {
    const nowMs = this.#deps.now();
    if (!this.#totals || nowMs >= this.#totals.period.endMs || nowMs < this.#totals.period.startMs) {
      const period = periodAt(nowMs);
      const { from, to } = hoursOf(period);
      const counts = this.#deps.store.rollup.total({ table: 'daily', from: from / 24, to: to / 24 });
      this.#totals = { period, counts };
    }
    return this.#totals;
  }

  /** Runs that may be granted to anybody now, and what stands in the way of more. */
  #room({ meters, rates }: Limits, shard: number): { room: number; refused?: Refused } {
    const { store, now } = this.#deps;
    const nowMs = now();
    const { period, counts } = this.#current();
    const untilEndMs = period.endMs - nowMs;
    for (const meter of FLOWS) {
      const hard = meters[meter]?.hard;
      const used = counts[meter] ?? 0;
      if (hard === undefined || used < hard) continue;
      return { room: 0, refused: { meter, retryAfterMs: untilEndMs, limit: hard, used } };
    }
    let room = Number.MAX_SAFE_INTEGER;
    let refused: Refused | undefined;
    const hard = meters.runs?.hard;
    if (hard !== undefined) {
      const used = counts.runs ?? 0;
      const leases = store.leases();
      const granted = leases.reduce((sum, lease) => sum + outstanding(lease), 0);
      room = Math.max(0, hard - used - granted);
      const elsewhere = leases.some((lease) => lease.shard !== shard && outstanding(lease) > 0);
      refused = { meter: 'runs', retryAfterMs: elsewhere ? RECALL_MS : untilEndMs, limit: hard, used };
    }
    if (rates.runs) {
      const bucket = refill(store.bucket('runs') ?? fullBucket(rates.runs, nowMs), rates.runs, nowMs);
      if (bucket.tokens < room) {
        room = Math.max(0, bucket.tokens);
        // A quarter of a second's worth: shards do not come for each run alone.
        const some = Math.min(rates.runs.burst, Math.max(1, rates.runs.perSecond / 4));
        const retryAfterMs = waitFor(bucket, rates.runs, some);
        refused = {
          meter: 'rate',
          retryAfterMs,
          limit: rates.runs.perSecond,
          used: rates.runs.perSecond,
          burst: rates.runs.burst,
        };
      }
    }
    return refused ? { room, refused } : { room };
  }

  #spend({ rates }: Limits, runs: number): void {
    if (!rates.runs || runs === 0) return;
    const { store, now } = this.#deps;
    const nowMs = now();
    const { tokens, atMs } = refill(store.bucket('runs') ?? fullBucket(rates.runs, nowMs), rates.runs, nowMs);
    store.putBucket('runs', { tokens: Math.min(rates.runs.burst, tokens - runs), atMs });
  }
}

const inPeriod = (lines: readonly UsageLine[], { startMs, endMs }: Period): UsageLine[] => {
  const { from, to } = hoursOf({ startMs, endMs });
  return lines.filter(({ hour }) => hour >= from && hour < to);
};
