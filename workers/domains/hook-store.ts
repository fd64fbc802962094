import { and, asc, count, eq, isNotNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { hookDomains } from '../areas/hook-domains/tables.ts';
import type { Claim, ClaimStore } from './claims.ts';
import { isTaken } from './taken.ts';

/** The domains where one tenant's webhooks answer. */
export function d1HookDomains(db: D1Database, tenant: string): ClaimStore<Claim> {
  const orm = drizzle(db);
  const mine = eq(hookDomains.tenantId, tenant);
  const one = (name: string) => and(mine, eq(hookDomains.domain, name));
  const { domain, token, verifiedAt, method, createdAt } = hookDomains;
  const columns = { domain, token, verifiedAt, method, createdAt };
  return {
    list: () => orm.select(columns).from(hookDomains).where(mine).orderBy(asc(domain)),
    get: async (name) => (await orm.select(columns).from(hookDomains).where(one(name)))[0],
    count: async () => (await orm.select({ held: count() }).from(hookDomains).where(mine))[0]?.held ?? 0,
    async add(claim) {
      await orm
        .insert(hookDomains)
        .values({ tenantId: tenant, ...claim })
        .onConflictDoNothing();
    },
    async verified(name, how) {
      try {
        await orm.update(hookDomains).set({ verifiedAt: how.nowMs, method: how.method }).where(one(name));
        return true;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    },
    async remove(name) {
      return (await orm.delete(hookDomains).where(one(name)).returning({ domain })).length > 0;
    },
  };
}

/** Which tenant's webhooks answer at a domain. */
export async function hookHolderOf(db: D1Database, name: string): Promise<string | undefined> {
  const where = and(eq(hookDomains.domain, name), isNotNull(hookDomains.verifiedAt));
  const [row] = await drizzle(db).select({ tenant: hookDomains.tenantId }).from(hookDomains).where(where);
  return row?.tenant;
}
