import { and, asc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { serviceAccounts } from '../areas/service-accounts/tables.ts';

export interface ServiceAccount {
  id: string;
  name: string;
  role: string;
  disabledAt: number | null;
  createdAt: number;
}

export type ServiceAccountStore = ReturnType<typeof d1ServiceAccounts>;

/** The service accounts of one tenant. */
export function d1ServiceAccounts(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const mine = eq(serviceAccounts.tenantId, tenant);
  const one = (id: string) => and(mine, eq(serviceAccounts.id, id));
  const { id, name, role, disabledAt, createdAt } = serviceAccounts;
  const columns = { id, name, role, disabledAt, createdAt };
  return {
    list(): Promise<ServiceAccount[]> {
      return orm.select(columns).from(serviceAccounts).where(mine).orderBy(asc(name));
    },
    async get(account: string): Promise<ServiceAccount | undefined> {
      return (await orm.select(columns).from(serviceAccounts).where(one(account)))[0];
    },
    /** False when the name is taken. */
    async add(account: ServiceAccount): Promise<boolean> {
      const row = { tenantId: tenant, ...account };
      return (await orm.insert(serviceAccounts).values(row).onConflictDoNothing().returning({ id })).length > 0;
    },
    /** False when another account has the name. */
    async replace({ id: account, ...next }: ServiceAccount): Promise<boolean> {
      const update =
        'UPDATE OR IGNORE service_accounts SET name = ?, role = ?, disabled_at = ? WHERE tenant_id = ? AND id = ?';
      const values = [next.name, next.role, next.disabledAt, tenant, account];
      return (
        (
          await db
            .prepare(update)
            .bind(...values)
            .run()
        ).meta.changes > 0
      );
    },
    async remove(account: string): Promise<void> {
      await orm.delete(serviceAccounts).where(one(account));
    },
  };
}
