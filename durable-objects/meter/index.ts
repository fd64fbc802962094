import { DurableObject } from 'cloudflare:workers';
import { outstanding } from '../../core/quota/lease.ts';
import { type Flow, type Gauge, HOUR_MS } from '../../core/quota/meters.ts';
import type { Limits } from '../../core/quota/plan.ts';
import { usageEvent } from '../../core/quota/event.ts';
import { DEFAULT_PLAN, limitsOf, planNamed } from '../../core/quota/plans.ts';
import { Alarms } from '../kit/alarms.ts';
import { erase, type Erased } from '../kit/erase.ts';
import { isMigrated, migrate } from '../kit/migrate.ts';
import { type ObjectBindings, runnerOf, tablesOf } from '../stubs.ts';
import { type NewSink, type Sink, Sinks } from '../kit/sinks.ts';
import { ApiUnits } from './api-units.ts';
import { Book } from './book.ts';
import { MIGRATIONS } from './migrations.ts';
import type {
  ApiAsk,
  ApiGrant,
  Grant,
  MeterRpc,
  PlanChoice,
  Report,
  SeriesCall,
  SeriesPoint,
  StorageRoom,
  StoredNotice,
  UsageEvent,
  UsageSummary,
} from './protocol.ts';
import type { Slice } from './rollup.ts';
import { storedBytes } from './storage.ts';
import { MeterStore } from './store.ts';

const DAY_MS = 24 * HOUR_MS;
const KEEP_HOURS = 62 * 24;
const KEEP_SOURCES_MS = 7 * DAY_MS;
/** A shard that could not be reached is asked again after this. */
const REMIND_AGAIN_MS = 15_000;

/** Storage changes slowly, and listing it is work; near the limit it is looked at more often. */
const STORAGE_STALE_MS = 10 * 60_000;
const STORAGE_FULL_STALE_MS = 5_000;

interface MeterEnv extends ObjectBindings {
  JOBS: Queue;
  FILES: R2Bucket;
  /** Plan of tenants for whom nobody chose one. */
  DEFAULT_PLAN?: string;
}

/** Usage and leases of one tenant, named after it. Asked by shards and isolates now and then, never by a run. */
export class Meter extends DurableObject<MeterEnv> implements MeterRpc {
  readonly #store: MeterStore;
  readonly #book: Book;
  readonly #alarms: Alarms;
  readonly #units = new ApiUnits();
  readonly #sinks: Sinks;
  #measuredAt = 0;
  #choice: (PlanChoice & { limits: Limits }) | undefined;

  constructor(ctx: DurableObjectState, env: MeterEnv) {
    super(ctx, env);
    const { storage } = ctx;
    if (isMigrated(storage.sql)) migrate(storage, MIGRATIONS);
    this.#store = new MeterStore(storage.sql);
    this.#alarms = new Alarms(storage);
    const tenant = ctx.id.name ?? '';
    this.#sinks = new Sinks({
      tenant,
      sql: storage.sql,
      exports: () => this.ctx.exports,
      batch: (after, limit) => usageEvent(tenant, this.#store.noticesAfter(after, limit)),
    });
    const transaction = <T>(action: () => T): T => storage.transactionSync(action);
    this.#book = new Book({ store: this.#store, transaction, now: () => Date.now() });
  }

  async settle(report: Report): Promise<Grant> {
    this.#begin();
    const grant = this.#book.settle(report, this.#plan().limits);
    if (report.usage) this.#notice();
    if (grant.refused?.meter === 'runs') {
      for (const recalled of this.#recall(report.shard)) this.ctx.waitUntil(recalled.catch(() => undefined));
    }
    this.#watchLeases();
    return grant;
  }

  async fold(event: UsageEvent): Promise<boolean> {
    this.#begin();
    const isNew = this.#book.fold(event);
    if (isNew) this.#notice();
    return isNew;
  }

  async api(ask: ApiAsk): Promise<ApiGrant> {
    this.#begin();
    const { meters, rates } = this.#plan().limits;
    const hard = meters.apiCalls?.hard;
    if (hard !== undefined && this.#book.used.apiCalls >= hard) {
      const retryAfterMs = this.#book.period.endMs - Date.now();
      return { units: 0, untilMs: Date.now(), retryAfterMs, left: 0, spent: { limit: hard } };
    }
    return this.#units.grant(ask, rates, Date.now());
  }

  async gauge(meter: Gauge, amount: number): Promise<void> {
    this.#begin();
    if (this.#book.used[meter] === amount) return;
    this.#store.putGauge(meter, amount, Date.now());
    this.#notice();
  }

  async store(bytes: number): Promise<StorageRoom> {
    this.#begin();
    const hard = this.#plan().limits.meters.storageBytes?.hard;
    if (hard === undefined) return { ok: true, used: this.#book.used.storageBytes };
    await this.#measure(STORAGE_STALE_MS);
    // What looks full may have been emptied since: look again before saying no.
    if (this.#book.used.storageBytes + bytes > hard) await this.#measure(STORAGE_FULL_STALE_MS);
    const used = this.#book.used.storageBytes;
    if (used + bytes > hard) return { ok: false, used, hard };
    await this.gauge('storageBytes', used + bytes);
    return { ok: true, used: used + bytes, hard };
  }

  async summary(): Promise<UsageSummary> {
    this.#begin();
    await this.#measure(STORAGE_STALE_MS);
    const { used, period } = this.#book;
    const { plan, overrides, limits } = this.#plan();
    const granted = this.#store.leases().reduce((sum, lease) => sum + outstanding(lease), 0);
    return { plan, overrides, limits, period, used, outstanding: granted };
  }

  async series(call: SeriesCall): Promise<SeriesPoint[]> {
    this.#begin();
    const unitMs = call.by === 'hour' ? HOUR_MS : DAY_MS;
    const { rollup } = this.#store;
    const slice = sliceOf(call);
    if (!call.split) {
      const points = rollup.series(slice, call.limit, call.workflow);
      return points.map(({ at, counts }) => ({ atMs: at * unitMs, counts }));
    }
    return rollup.rows(slice, call.limit).map(({ at, workflow, counts }) => ({ atMs: at * unitMs, workflow, counts }));
  }

  async byWorkflow({ sort, limit, ...span }: { sinceMs: number; untilMs: number; sort: Flow; limit: number }) {
    this.#begin();
    return this.#store.rollup.byWorkflow(sliceOf({ by: 'day', ...span }), sort, limit);
  }

  async notices(limit: number): Promise<StoredNotice[]> {
    this.#begin();
    return this.#store.notices(limit);
  }

  async sinks(): Promise<Sink[]> {
    this.#begin();
    return this.#sinks.list();
  }

  async addSink(sink: Omit<NewSink, 'after'>): Promise<void> {
    this.#begin();
    this.#sinks.add({ ...sink, after: this.#store.lastNotice() });
  }

  async removeSink(id: string): Promise<boolean> {
    this.#begin();
    return this.#sinks.remove(id);
  }

  async ledger() {
    this.#begin();
    return this.#store.leases().map(({ shard, granted, used, returned }) => ({ shard, granted, used, returned }));
  }

  async setPlan({ plan, overrides }: PlanChoice): Promise<boolean> {
    if (!planNamed(plan)) return false;
    this.#begin();
    this.#store.putPlan({ plan, overrides });
    this.#choice = undefined;
    this.#units.forget();
    // What was granted under the old plan comes back first: a change takes effect at once.
    await Promise.allSettled(this.#recall());
    this.#notice();
    return true;
  }

  async touch(): Promise<void> {
    if (!isMigrated(this.ctx.storage.sql)) return;
    await this.#alarms.ring(Date.now(), {
      leases: () => this.#remind(),
      notices: () => this.#send(),
      sinks: () => this.#sendOn(),
      tidy: async () => this.#tidy(),
    });
  }

  override alarm(): Promise<void> {
    return this.touch();
  }

  /** Not aborted afterwards: that would take the answer with it. What comes late is erased by the second round. */
  erase(): Promise<Erased> {
    return erase(this.ctx.storage);
  }

  #begin(): void {
    if (isMigrated(this.ctx.storage.sql)) return;
    if (this.ctx.id.name === undefined) throw new Error('A meter must be reached by its name, through stubs.ts.');
    migrate(this.ctx.storage, MIGRATIONS);
    this.#alarms.set('tidy', Date.now() + DAY_MS);
  }

  #plan(): PlanChoice & { limits: Limits } {
    if (this.#choice) return this.#choice;
    const { plan, overrides } = this.#store.plan() ?? {
      plan: this.env.DEFAULT_PLAN ?? DEFAULT_PLAN,
      overrides: {},
    };
    return (this.#choice = { plan, overrides, limits: limitsOf(plan, overrides) });
  }

  #watchLeases(): void {
    const at = this.#book.nextExpiry();
    const set = this.#alarms.at('leases');
    // Moved earlier or kept: an alarm that comes too soon finds nothing, and costs less than one set each time.
    if (at !== undefined && (set === undefined || set > at)) this.#alarms.set('leases', at);
  }

  /** Asks shards that are silent. They answer by settling, from their journals if they had to start anew. */
  async #remind(): Promise<void> {
    const late = this.#book.expired();
    const tenant = this.ctx.id.name ?? '';
    const results = await Promise.allSettled(late.map(({ shard }) => runnerOf(this.env, tenant, shard).settle()));
    const isFailed = results.some((result) => result.status === 'rejected');
    const next = this.#book.nextExpiry();
    if (isFailed) this.#alarms.set('leases', Date.now() + REMIND_AGAIN_MS);
    else if (next !== undefined) this.#alarms.set('leases', Math.max(next, Date.now() + 1_000));
  }

  /** Shards that hold runs they do not need give them back: another has nothing left, or the plan changed. */
  #recall(asking?: number): Promise<void>[] {
    const tenant = this.ctx.id.name ?? '';
    const others = this.#store.leases().filter((lease) => lease.shard !== asking && outstanding(lease) > 0);
    return others.map(({ shard }) => runnerOf(this.env, tenant, shard).settle());
  }

  #notice(): void {
    if (this.#book.notice(this.#plan().limits) === 0) return;
    this.#alarms.set('notices', Date.now());
    this.#watchSinks();
  }

  async #sendOn(): Promise<void> {
    await this.#sinks.send();
    this.#watchSinks();
  }

  /** Sends soon what came now, or later what was not taken. */
  #watchSinks(): void {
    const dueAt = this.#sinks.dueAt(this.#store.lastNotice());
    if (dueAt !== undefined) this.#alarms.set('sinks', Math.max(dueAt, Date.now()));
  }

  /** Notices are rows before they are messages: each is sent at least once. */
  async #send(): Promise<void> {
    for (const { id, ...notice } of this.#store.unsentNotices()) {
      await this.env.JOBS.send({
        event: 'usage.limit-reached',
        version: 1,
        tenant: this.ctx.id.name ?? '',
        atMs: notice.at,
        payload: notice,
      });
      this.#store.markSent(id);
    }
  }

  /** Counts what lies in the bucket and in the tenant's databases, unless that was done not long ago. */
  async #measure(staleMs: number): Promise<void> {
    const nowMs = Date.now();
    if (nowMs - this.#measuredAt < staleMs) return;
    this.#measuredAt = nowMs;
    const tenant = this.ctx.id.name ?? '';
    const shards = this.#store.leases().map(({ shard }) => runnerOf(this.env, tenant, shard).size());
    const sizes = [storedBytes(this.env.FILES, tenant), tablesOf(this.env, tenant).size(), ...shards];
    try {
      const amount = (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
      await this.gauge('storageBytes', amount);
    } catch (error) {
      // What was measured last is still about right.
      console.error(JSON.stringify({ level: 'error', meter: tenant, storage: String(error) }));
    }
  }

  #tidy(): void {
    const nowMs = Date.now();
    this.#store.rollup.dropBefore('hourly', Math.floor(nowMs / HOUR_MS) - KEEP_HOURS);
    this.#store.dropSources(nowMs - KEEP_SOURCES_MS);
    this.#alarms.set('tidy', nowMs + DAY_MS);
  }
}

function sliceOf({ by, sinceMs, untilMs }: { by: 'hour' | 'day'; sinceMs: number; untilMs: number }): Slice {
  const unitMs = by === 'hour' ? HOUR_MS : DAY_MS;
  return {
    table: by === 'hour' ? 'hourly' : 'daily',
    from: Math.floor(sinceMs / unitMs),
    to: Math.ceil(untilMs / unitMs),
  };
}
