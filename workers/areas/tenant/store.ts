/** The one store that is not made for a tenant: it finds tenants and shards that need a visit. */
export interface Directory {
  add(tenant: string, nowMs: number): Promise<void>;
  /** As `add`; false when there is such a tenant already. */
  claim(tenant: string, nowMs: number): Promise<boolean>;
  /** Tenants the reaper has not seen for longest, and not since `beforeMs`. */
  stale(beforeMs: number, limit: number): Promise<string[]>;
  /** Shards whose next work was due before `beforeMs`. */
  overdue(beforeMs: number, limit: number): Promise<{ tenant: string; shard: number }[]>;
  touched(tenant: string, nowMs: number): Promise<void>;
  setDue(place: { tenant: string; shard: number }, nextDue: number | null, nowMs: number): Promise<void>;
}

const INSERT = 'INSERT INTO tenants (tenant_id, created_at, touched_at) VALUES (?, ?, 0) ON CONFLICT DO NOTHING';

/** An id that was deleted is given to nobody: others may still know its addresses (LIF6). */
const CLAIM =
  'INSERT INTO tenants (tenant_id, created_at, touched_at) SELECT ?1, ?2, 0 WHERE NOT EXISTS (SELECT 1 FROM erasures WHERE tenant_id = ?1) ON CONFLICT DO NOTHING';

export function d1Directory(db: D1Database): Directory {
  return {
    async add(tenant, nowMs) {
      await db.prepare(INSERT).bind(tenant, nowMs).run();
    },
    async claim(tenant, nowMs) {
      return (await db.prepare(CLAIM).bind(tenant, nowMs).run()).meta.changes > 0;
    },
    async stale(beforeMs, limit) {
      const select = 'SELECT tenant_id AS tenant FROM tenants WHERE touched_at < ? ORDER BY touched_at LIMIT ?';
      const { results } = await db.prepare(select).bind(beforeMs, limit).all<{ tenant: string }>();
      return results.map(({ tenant }) => tenant);
    },
    async overdue(beforeMs, limit) {
      const select = 'SELECT tenant_id AS tenant, shard FROM shards WHERE next_due < ? ORDER BY next_due LIMIT ?';
      return (await db.prepare(select).bind(beforeMs, limit).all<{ tenant: string; shard: number }>()).results;
    },
    async touched(tenant, nowMs) {
      await db.prepare('UPDATE tenants SET touched_at = ? WHERE tenant_id = ?').bind(nowMs, tenant).run();
    },
    async setDue({ tenant, shard }, nextDue, nowMs) {
      const upsert =
        'INSERT INTO shards (tenant_id, shard, next_due, updated_at) VALUES (?1, ?2, ?3, ?4) ' +
        'ON CONFLICT (tenant_id, shard) DO UPDATE SET next_due = ?3, updated_at = ?4';
      await db.prepare(upsert).bind(tenant, shard, nextDue, nowMs).run();
    },
  };
}
