import type { Bucket } from '../../core/quota/bucket.ts';
import { type Lease, NO_LEASE } from '../../core/quota/lease.ts';
import type { Gauge } from '../../core/quota/meters.ts';
import type { Notice } from '../../core/quota/notice.ts';
import type { Seen } from '../../core/quota/seen.ts';
import type { PlanChoice, StoredNotice } from './protocol.ts';
import { Rollup } from './rollup.ts';

export interface LeaseRow extends Lease {
  shard: number;
  seq: number;
  expiresAt: number;
}

/** The meter's tables, roll-ups apart. */
export class MeterStore {
  readonly rollup: Rollup;
  readonly #sql: Pick<SqlStorage, 'exec'>;
  constructor(sql: Pick<SqlStorage, 'exec'>) {
    this.#sql = sql;
    this.rollup = new Rollup(sql);
  }

  plan(): PlanChoice | undefined {
    type Row = { plan: string; overrides: string };
    const [row] = this.#sql.exec<Row>('SELECT plan, overrides FROM plan').toArray();
    return row && { plan: row.plan, overrides: JSON.parse(row.overrides) as PlanChoice['overrides'] };
  }

  putPlan({ plan, overrides }: PlanChoice): void {
    const query = 'INSERT OR REPLACE INTO plan (one, plan, overrides) VALUES (1, ?, ?)';
    this.#sql.exec(query, plan, JSON.stringify(overrides));
  }

  lease(shard: number): LeaseRow {
    return this.leases().find((lease) => lease.shard === shard) ?? { shard, ...NO_LEASE, seq: 0, expiresAt: 0 };
  }

  leases(): LeaseRow[] {
    type Row = { shard: number; granted: number; used: number; returned: number; seq: number; expires_at: number };
    return this.#sql
      .exec<Row>('SELECT * FROM leases ORDER BY shard')
      .toArray()
      .map(({ expires_at, ...lease }) => ({ ...lease, expiresAt: expires_at }));
  }

  putLease({ shard, granted, used, returned, seq, expiresAt }: LeaseRow): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO leases (shard, granted, used, returned, seq, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
      shard,
      granted,
      used,
      returned,
      seq,
      expiresAt,
    );
  }

  seen(source: string): Seen {
    const [row] = this.#sql.exec<{ seen: string }>('SELECT seen FROM sources WHERE name = ?', source).toArray();
    return row ? (JSON.parse(row.seen) as Seen) : [];
  }

  putSeen(source: string, seen: Seen, atMs: number): void {
    const query = 'INSERT OR REPLACE INTO sources (name, seen, at_ms) VALUES (?, ?, ?)';
    this.#sql.exec(query, source, JSON.stringify(seen), atMs);
  }

  /** Isolates come and go; a shard's positions are kept for ever. */
  dropSources(beforeMs: number): void {
    this.#sql.exec("DELETE FROM sources WHERE name LIKE 'api-%' AND at_ms < ?", beforeMs);
  }

  bucket(name: string): Bucket | undefined {
    type Row = { tokens: number; at_ms: number };
    const [row] = this.#sql.exec<Row>('SELECT tokens, at_ms FROM buckets WHERE name = ?', name).toArray();
    return row && { tokens: row.tokens, atMs: row.at_ms };
  }

  putBucket(name: string, { tokens, atMs }: Bucket): void {
    this.#sql.exec('INSERT OR REPLACE INTO buckets (name, tokens, at_ms) VALUES (?, ?, ?)', name, tokens, atMs);
  }

  gauges(): { meter: Gauge; amount: number }[] {
    return this.#sql.exec<{ meter: Gauge; amount: number }>('SELECT meter, amount FROM gauges').toArray();
  }

  putGauge(meter: Gauge, amount: number, atMs: number): void {
    this.#sql.exec('INSERT OR REPLACE INTO gauges (meter, amount, at_ms) VALUES (?, ?, ?)', meter, amount, atMs);
  }

  /** False when it was told already in this period. */
  addNotice(period: string, { meter, percent, kind, limit, used }: Notice, atMs: number): boolean {
    const query =
      'INSERT OR IGNORE INTO notices (period, meter, percent, kind, bound, used, at_ms, sent) VALUES (?, ?, ?, ?, ?, ?, ?, 0)';
    return this.#sql.exec(query, period, meter, percent, kind, limit, used, atMs).rowsWritten > 0;
  }

  notices(limit: number): StoredNotice[] {
    return this.#notices('SELECT * FROM notices ORDER BY id DESC LIMIT ?', limit).map(
      ({ id: _id, ...notice }) => notice,
    );
  }

  unsentNotices(): (StoredNotice & { id: number })[] {
    return this.#notices('SELECT * FROM notices WHERE sent = 0 ORDER BY id LIMIT ?', 50);
  }

  /** By position, oldest first. */
  noticesAfter(id: number, limit: number): (StoredNotice & { id: number })[] {
    return this.#notices('SELECT * FROM notices WHERE id > ? ORDER BY id LIMIT ?', id, limit);
  }

  lastNotice(): number {
    return this.#sql.exec<{ id: number }>('SELECT COALESCE(MAX(id), 0) AS id FROM notices').one().id;
  }

  markSent(id: number): void {
    this.#sql.exec('UPDATE notices SET sent = 1 WHERE id = ?', id);
  }

  #notices(query: string, ...values: number[]): (StoredNotice & { id: number })[] {
    type Row = Omit<StoredNotice, 'limit' | 'at'> & { id: number; bound: number; at_ms: number; sent: number };
    return this.#sql
      .exec<Row & Record<string, SqlStorageValue>>(query, ...values)
      .toArray()
      .map(({ id, period, meter, percent, kind, bound, used, at_ms }) => {
        return { id, period, meter, percent, kind, limit: bound, used, at: at_ms };
      });
  }
}
