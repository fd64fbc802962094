export interface Erasure {
  tenant: string;
  receipt: string;
  requestedBy: string;
  requestedAt: number;
  dueAt: number;
  finishedAt: number | null;
  removed: string;
  certificate: string | null;
}

const COLUMNS =
  'tenant_id AS tenant, receipt, requested_by AS requestedBy, requested_at AS requestedAt, due_at AS dueAt, finished_at AS finishedAt, removed, certificate';

/** Deletions of all tenants: what runs them is not made for one. */
export function d1Erasures(db: D1Database) {
  const one = (where: string, ...values: (string | number)[]) =>
    db
      .prepare(`SELECT ${COLUMNS} FROM erasures WHERE ${where} LIMIT 1`)
      .bind(...values)
      .first<Erasure>();
  return {
    of: (tenant: string) => one('tenant_id = ?', tenant),
    byReceipt: (receipt: string) => one('receipt = ?', receipt),
    async plan({
      tenant,
      receipt,
      requestedBy,
      requestedAt,
      dueAt,
    }: Omit<Erasure, 'finishedAt' | 'removed' | 'certificate'>) {
      const insert =
        "INSERT INTO erasures (tenant_id, receipt, requested_by, requested_at, due_at, removed) VALUES (?, ?, ?, ?, ?, '{}') " +
        'ON CONFLICT (tenant_id) DO UPDATE SET due_at = excluded.due_at, requested_by = excluded.requested_by, requested_at = excluded.requested_at WHERE finished_at IS NULL AND due_at > excluded.requested_at';
      await db.prepare(insert).bind(tenant, receipt, requestedBy, requestedAt, dueAt).run();
    },
    /** Only before it is due: from then on somebody may be at it. */
    async cancel(tenant: string, nowMs: number): Promise<void> {
      const remove = 'DELETE FROM erasures WHERE tenant_id = ? AND finished_at IS NULL AND due_at > ?';
      await db.prepare(remove).bind(tenant, nowMs).run();
    },
    async due(nowMs: number, limit: number): Promise<Erasure[]> {
      const select = `SELECT ${COLUMNS} FROM erasures WHERE finished_at IS NULL AND due_at <= ? ORDER BY due_at LIMIT ?`;
      return (await db.prepare(select).bind(nowMs, limit).all<Erasure>()).results;
    },
    /** False while somebody else is at it. */
    async claim(tenant: string, nowMs: number, forMs: number): Promise<boolean> {
      const update =
        'UPDATE erasures SET claimed_until = ? WHERE tenant_id = ? AND finished_at IS NULL AND claimed_until <= ?';
      const { meta } = await db
        .prepare(update)
        .bind(nowMs + forMs, tenant, nowMs)
        .run();
      return meta.changes > 0;
    },
    async release(tenant: string): Promise<void> {
      await db.prepare('UPDATE erasures SET claimed_until = 0 WHERE tenant_id = ?').bind(tenant).run();
    },
    async progress(tenant: string, removed: object): Promise<void> {
      await db
        .prepare('UPDATE erasures SET removed = ? WHERE tenant_id = ?')
        .bind(JSON.stringify(removed), tenant)
        .run();
    },
    async finish(tenant: string, finishedAt: number, certificate: object): Promise<void> {
      const update = 'UPDATE erasures SET finished_at = ?, certificate = ? WHERE tenant_id = ?';
      await db.prepare(update).bind(finishedAt, JSON.stringify(certificate), tenant).run();
    },
  };
}
