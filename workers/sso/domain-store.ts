import { and, asc, count, eq, isNotNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Claim } from '../domains/claims.ts';
import { isTaken } from '../domains/taken.ts';
import { ssoDomains } from '../areas/sso-domains/tables.ts';

export interface DomainRow extends Claim {
  enforced: number;
}

export type DomainStore = ReturnType<typeof d1Domains>;

/** The domains of one tenant. */
export function d1Domains(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const mine = eq(ssoDomains.tenantId, tenant);
  const one = (name: string) => and(mine, eq(ssoDomains.domain, name));
  const { domain, token, enforced, verifiedAt, method, createdAt } = ssoDomains;
  const columns = { domain, token, enforced, verifiedAt, method, createdAt };
  return {
    list: (): Promise<DomainRow[]> => orm.select(columns).from(ssoDomains).where(mine).orderBy(asc(domain)),
    async get(name: string): Promise<DomainRow | undefined> {
      return (await orm.select(columns).from(ssoDomains).where(one(name)))[0];
    },
    async count(): Promise<number> {
      return (await orm.select({ held: count() }).from(ssoDomains).where(mine))[0]?.held ?? 0;
    },
    async add(claim: Claim): Promise<void> {
      await orm
        .insert(ssoDomains)
        .values({ tenantId: tenant, enforced: 0, ...claim })
        .onConflictDoNothing();
    },
    /** False when another tenant was first: the index over verified domains decides. */
    async verified(name: string, how: { method: string; nowMs: number }): Promise<boolean> {
      try {
        await orm.update(ssoDomains).set({ verifiedAt: how.nowMs, method: how.method }).where(one(name));
        return true;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    },
    async enforce(name: string, on: boolean): Promise<void> {
      await orm
        .update(ssoDomains)
        .set({ enforced: on ? 1 : 0 })
        .where(one(name));
    },
    async remove(name: string): Promise<boolean> {
      return (await orm.delete(ssoDomains).where(one(name)).returning({ domain })).length > 0;
    },
    /** Whether the tenant has shown that the domain is its own. */
    async holds(name: string): Promise<boolean> {
      const where = and(one(name), isNotNull(verifiedAt));
      return (await orm.select({ domain }).from(ssoDomains).where(where)).length > 0;
    },
  };
}

/** Which organisation has shown that a domain is its own, and whether its people must sign in by SSO. */
export async function captorOf(
  db: D1Database,
  name: string,
): Promise<{ tenant: string; enforced: boolean } | undefined> {
  const where = and(eq(ssoDomains.domain, name), isNotNull(ssoDomains.verifiedAt));
  const columns = { tenant: ssoDomains.tenantId, enforced: ssoDomains.enforced };
  const [row] = await drizzle(db).select(columns).from(ssoDomains).where(where);
  return row && { tenant: row.tenant, enforced: row.enforced === 1 };
}
