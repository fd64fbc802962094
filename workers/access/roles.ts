import { and, asc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { roles } from '../areas/roles/tables.ts';

export interface CustomRole {
  id: string;
  name: string;
  scopes: string[];
  createdAt: number;
  updatedAt: number;
}

export type RoleStore = ReturnType<typeof d1Roles>;

/** The custom roles of one tenant. */
export function d1Roles(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const mine = eq(roles.tenantId, tenant);
  const one = (id: string) => and(mine, eq(roles.id, id));
  const { id, name, scopes, createdAt, updatedAt } = roles;
  const columns = { id, name, scopes, createdAt, updatedAt };
  const read = (row: Omit<CustomRole, 'scopes'> & { scopes: string }): CustomRole => ({
    ...row,
    scopes: JSON.parse(row.scopes) as string[],
  });
  return {
    async list(): Promise<CustomRole[]> {
      return (await orm.select(columns).from(roles).where(mine).orderBy(asc(name))).map(read);
    },
    async get(role: string): Promise<CustomRole | undefined> {
      return (await orm.select(columns).from(roles).where(one(role))).map(read)[0];
    },
    /** False when the name is taken. */
    async add(role: CustomRole): Promise<boolean> {
      const row = { tenantId: tenant, ...role, scopes: JSON.stringify(role.scopes) };
      return (await orm.insert(roles).values(row).onConflictDoNothing().returning({ id })).length > 0;
    },
    /** False when another role has the name: the index decides, so that two at once cannot both. */
    async replace(role: Omit<CustomRole, 'createdAt'>): Promise<boolean> {
      const update = 'UPDATE OR IGNORE roles SET name = ?, scopes = ?, updated_at = ? WHERE tenant_id = ? AND id = ?';
      const values = [role.name, JSON.stringify(role.scopes), role.updatedAt, tenant, role.id];
      return (
        (
          await db
            .prepare(update)
            .bind(...values)
            .run()
        ).meta.changes > 0
      );
    },
    async remove(role: string): Promise<void> {
      await orm.delete(roles).where(one(role));
    },
  };
}
