/** A link to a run, as it is kept. Times are epoch milliseconds. */
export interface StoredShare {
  id: string;
  run: string;
  secretHash: string;
  withData: boolean;
  createdAt: number;
  createdBy: string;
  expiresAt: number;
}

interface Row extends Omit<StoredShare, 'withData'> {
  withData: number;
}

const COLUMNS = `id, run, secret_hash AS secretHash, with_data AS withData, created_at AS createdAt,
  created_by AS createdBy, expires_at AS expiresAt`;
const shareOf = (row: Row): StoredShare => ({ ...row, withData: row.withData === 1 });

/** The links of one tenant. Those whose time is over are not there, and go when the next is made. */
export const d1Shares = (db: D1Database, tenant: string) => ({
  async of(run: string, nowMs: number): Promise<StoredShare[]> {
    const select = `SELECT ${COLUMNS} FROM run_shares WHERE tenant_id = ? AND run = ? AND expires_at > ? ORDER BY created_at DESC, id`;
    return (await db.prepare(select).bind(tenant, run, nowMs).all<Row>()).results.map(shareOf);
  },
  async find(id: string, nowMs: number): Promise<StoredShare | undefined> {
    const select = `SELECT ${COLUMNS} FROM run_shares WHERE tenant_id = ? AND id = ? AND expires_at > ?`;
    const row = await db.prepare(select).bind(tenant, id, nowMs).first<Row>();
    return row ? shareOf(row) : undefined;
  },
  /** False where the run has `most` already: counted and written in one statement. */
  async add(share: StoredShare, most: number): Promise<boolean> {
    const { id, run, secretHash, withData, createdAt, createdBy, expiresAt } = share;
    const insert = `INSERT INTO run_shares (tenant_id, id, run, secret_hash, with_data, created_at, created_by, expires_at)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
      WHERE (SELECT count(*) FROM run_shares WHERE tenant_id = ?1 AND run = ?3 AND expires_at > ?6) < ?9`;
    const [, made] = await db.batch([
      db.prepare('DELETE FROM run_shares WHERE tenant_id = ? AND expires_at <= ?').bind(tenant, createdAt),
      db.prepare(insert).bind(tenant, id, run, secretHash, withData ? 1 : 0, createdAt, createdBy, expiresAt, most),
    ]);
    return (made?.meta.changes ?? 0) > 0;
  },
  async remove(run: string, id: string): Promise<boolean> {
    const gone = await db
      .prepare('DELETE FROM run_shares WHERE tenant_id = ? AND run = ? AND id = ?')
      .bind(tenant, run, id)
      .run();
    return gone.meta.changes > 0;
  },
});
