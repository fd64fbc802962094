import { and, count, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { credentialBindings, environments } from './tables.ts';

export type EnvironmentStore = ReturnType<typeof d1Environments>;

/** The environments one tenant made itself. */
export function d1Environments(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const mine = eq(environments.tenantId, tenant);
  const inside = (name: string) =>
    and(eq(credentialBindings.tenantId, tenant), eq(credentialBindings.environment, name));
  const one = (name: string) => and(mine, eq(environments.name, name));
  return {
    async names(): Promise<string[]> {
      const rows = await orm.select({ name: environments.name }).from(environments).where(mine);
      return rows.map(({ name }) => name).sort();
    },
    async count(): Promise<number> {
      return (await orm.select({ n: count() }).from(environments).where(mine))[0]?.n ?? 0;
    },
    async has(name: string): Promise<boolean> {
      return (await orm.select({ name: environments.name }).from(environments).where(one(name))).length > 0;
    },
    async add(name: string, createdAt: number): Promise<boolean> {
      const made = await orm
        .insert(environments)
        .values({ tenantId: tenant, name, createdAt })
        .onConflictDoNothing()
        .returning({ name: environments.name });
      return made.length > 0;
    },
    async credentialType(id: string): Promise<string | undefined> {
      const select = 'SELECT type FROM credentials WHERE tenant_id = ? AND id = ?';
      return (await db.prepare(select).bind(tenant, id).first<{ type: string }>())?.type;
    },
    bindings(name: string): Promise<{ credential: string; uses: string | null }[]> {
      const columns = { credential: credentialBindings.credentialId, uses: credentialBindings.usesId };
      return orm.select(columns).from(credentialBindings).where(inside(name)).orderBy(credentialBindings.credentialId);
    },
    async bind(environment: string, credentialId: string, usesId: string | null): Promise<void> {
      const { tenantId, environment: place, credentialId: of } = credentialBindings;
      await orm
        .insert(credentialBindings)
        .values({ tenantId: tenant, environment, credentialId, usesId })
        .onConflictDoUpdate({ target: [tenantId, place, of], set: { usesId } });
    },
    async unbind(environment: string, credentialId: string): Promise<boolean> {
      const where = and(inside(environment), eq(credentialBindings.credentialId, credentialId));
      const gone = await orm.delete(credentialBindings).where(where).returning({ id: credentialBindings.credentialId });
      return gone.length > 0;
    },
    async unbindAll(environment: string): Promise<void> {
      await orm.delete(credentialBindings).where(inside(environment));
    },
    async remove(name: string): Promise<boolean> {
      return (await orm.delete(environments).where(one(name)).returning({ name: environments.name })).length > 0;
    },
  };
}
