import type { Voucher } from '../../core/credentials/sharing.ts';

/** Statements of one batch. */
const AT_ONCE = 50;

/** Who answers for the credentials of one tenant's workflows. */
export function d1Vouchers(db: D1Database, tenant: string) {
  return {
    /** By credential; absent: nobody does. */
    async of(workflow: string, credentials: readonly string[]): Promise<Map<string, Voucher>> {
      const found = new Map<string, Voucher>();
      const select =
        'SELECT credential_id AS credential, voucher FROM credential_vouchers WHERE tenant_id = ? AND workflow_id = ? AND credential_id IN (SELECT value FROM json_each(?))';
      const { results } = await db
        .prepare(select)
        .bind(tenant, workflow, JSON.stringify(credentials))
        .all<{ credential: string; voucher: string }>();
      for (const { credential, voucher } of results) found.set(credential, JSON.parse(voucher) as Voucher);
      return found;
    },

    async put(workflow: string, credentials: readonly string[], voucher: Voucher): Promise<void> {
      const put = db.prepare(
        'INSERT OR REPLACE INTO credential_vouchers (tenant_id, workflow_id, credential_id, voucher, updated_at) VALUES (?, ?, ?, ?, ?)',
      );
      const [text, nowMs] = [JSON.stringify(voucher), Date.now()];
      for (let at = 0; at < credentials.length; at += AT_ONCE) {
        const some = credentials.slice(at, at + AT_ONCE);
        await db.batch(some.map((id) => put.bind(tenant, workflow, id, text, nowMs)));
      }
    },
  };
}
