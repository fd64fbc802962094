import type { Rate } from '../../core/quota/bucket.ts';
import type { Lease } from '../../core/quota/lease.ts';
import type { Counts, Flow, Gauge, Meter, UsageLine } from '../../core/quota/meters.ts';
import type { Notice } from '../../core/quota/notice.ts';
import type { Erased } from '../kit/erase.ts';
import type { NewSink, Sink } from '../kit/sinks.ts';
import type { Limits, Overrides } from '../../core/quota/plan.ts';

/** Usage that is folded once, however often it arrives: positions [from, to) of its source. */
export interface UsageEvent {
  /** Who counted: `shard-0`, `api-<isolate>`. */
  source: string;
  from: number;
  to: number;
  lines: UsageLine[];
}

/** A shard settles what its runs used and asks for more; see core/quota/lease.ts. */
export interface Report {
  shard: number;
  /** Grows with every report of this shard, over restarts too: an older one moves no lease. */
  seq: number;
  usage?: UsageEvent;
  keep: number;
  want: number;
  frozen: boolean;
}

/** Why nothing more is granted. */
export interface Refused {
  meter: Meter | 'rate';
  /** When asking again makes sense; a period's end may be weeks away. */
  retryAfterMs: number;
  limit: number;
  used: number;
  /** Of a rate. */
  burst?: number;
}

export interface Grant {
  outstanding: number;
  refused?: Refused;
  /** How many effects a runner may have under way. */
  effects: number;
}

export interface ApiAsk {
  key: string;
  /** Cost of the call that waits. */
  cost: number;
}

/** Units the asking isolate may spend until `untilMs`, for this key. */
export interface ApiGrant {
  units: number;
  untilMs: number;
  retryAfterMs: number;
  /** Absent: not limited. */
  rate?: Rate;
  /** What is left in the bucket the rate is of. */
  left: number;
  /** The period's limit of calls is used up. */
  spent?: { limit: number };
}

export interface StoredNotice extends Notice {
  /** `2026-11`. */
  period: string;
  at: number;
}

export interface StorageRoom {
  ok: boolean;
  used: number;
  /** Absent: not limited. */
  hard?: number;
}

export interface PlanChoice {
  plan: string;
  overrides: Overrides;
}

export interface UsageSummary extends PlanChoice {
  limits: Limits;
  period: { id: string; startMs: number; endMs: number };
  used: { [M in Meter]: number };
  /** Runs started or granted, and not yet reported. */
  outstanding: number;
}

export interface SeriesCall {
  by: 'hour' | 'day';
  /** Epoch milliseconds, half open; rounded outwards to whole hours or days. */
  sinceMs: number;
  untilMs: number;
  /** Only this workflow's. */
  workflow?: string;
  /** Apart for each workflow instead of summed. */
  split?: boolean;
  limit: number;
}

export interface SeriesPoint {
  /** Start of the hour or day, epoch milliseconds. */
  atMs: number;
  workflow?: string;
  counts: Counts;
}

/** RPC surface of the meter object: leases and usage of one tenant. Never on the path of a run or call. */
export interface MeterRpc {
  settle(report: Report): Promise<Grant>;
  /** Folds an event; false when it was known. */
  fold(event: UsageEvent): Promise<boolean>;
  api(ask: ApiAsk): Promise<ApiGrant>;
  gauge(meter: Gauge, amount: number): Promise<void>;
  /** Whether so many bytes more may be stored; they count at once. */
  store(bytes: number): Promise<StorageRoom>;
  summary(): Promise<UsageSummary>;
  series(call: SeriesCall): Promise<SeriesPoint[]>;
  byWorkflow(call: {
    sinceMs: number;
    untilMs: number;
    sort: Flow;
    limit: number;
  }): Promise<{ workflow: string; counts: Counts }[]>;
  notices(limit: number): Promise<StoredNotice[]>;
  /** Where notices are sent on. */
  sinks(): Promise<Sink[]>;
  /** Notices from now on. */
  addSink(sink: Omit<NewSink, 'after'>): Promise<void>;
  removeSink(id: string): Promise<boolean>;
  /** Every shard's lease: granted = used + returned + outstanding. */
  ledger(): Promise<(Lease & { shard: number })[]>;
  /** The plan by name and what was changed for this tenant. False when there is no such plan. */
  setPlan(choice: PlanChoice): Promise<boolean>;
  /** Reminds shards of leases they did not settle, and sends what was not sent. */
  touch(): Promise<void>;
  /** Forgets everything: the tenant is being deleted. */
  erase(): Promise<Erased>;
}
