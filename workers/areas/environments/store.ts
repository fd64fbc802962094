import { and, count, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { environments } from './tables.ts';

export type EnvironmentStore = ReturnType<typeof d1Environments>;

/** The environments one tenant made itself. */
export function d1Environments(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const mine = eq(environments.tenantId, tenant);
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
    async remove(name: string): Promise<boolean> {
      return (await orm.delete(environments).where(one(name)).returning({ name: environments.name })).length > 0;
    },
  };
}
