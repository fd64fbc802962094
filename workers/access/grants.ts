import { and, asc, eq, gt } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Place } from '../../core/access/grant.ts';
import { grants } from '../areas/grants/tables.ts';

/** Who can be given something. */
export interface Principal {
  kind: 'member' | 'service';
  id: string;
}

export interface StoredGrant {
  id: string;
  to: Principal;
  role: string;
  on: Place;
  startsAt: number | null;
  endsAt: number | null;
  createdAt: number;
  createdBy: string;
}

export type GrantStore = ReturnType<typeof d1Grants>;

/** Whether a person belongs to the organisation. */
export async function isMember(db: D1Database, tenant: string, user: string): Promise<boolean> {
  const select = 'SELECT 1 FROM members WHERE tenant_id = ? AND user_id = ?';
  return (await db.prepare(select).bind(tenant, user).first()) !== null;
}

const rowOf = ({ to, on, ...rest }: StoredGrant) => ({
  ...rest,
  principalKind: to.kind,
  principalId: to.id,
  onKind: on.kind,
  onId: on.id,
});

const read = (row: typeof grants.$inferSelect): StoredGrant => {
  const { tenantId: _, principalKind, principalId, onKind, onId, ...rest } = row;
  return {
    ...rest,
    // SAFETY: only `rowOf` writes it.
    to: { kind: principalKind as Principal['kind'], id: principalId },
    on: { kind: onKind, id: onId },
  };
};

/** The grants of one tenant. */
export function d1Grants(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const mine = eq(grants.tenantId, tenant);
  const isTo = ({ kind, id }: Principal) => and(eq(grants.principalKind, kind), eq(grants.principalId, id));
  return {
    /** In the order of their ids, after one. */
    async list(filter: { to?: Principal; on?: Place; role?: string; after?: string; limit: number }) {
      const { to, on, role, after, limit } = filter;
      const where = and(
        mine,
        to && isTo(to),
        on && and(eq(grants.onKind, on.kind), eq(grants.onId, on.id)),
        role === undefined ? undefined : eq(grants.role, role),
        after === undefined ? undefined : gt(grants.id, after),
      );
      return (await orm.select().from(grants).where(where).orderBy(asc(grants.id)).limit(limit)).map(read);
    },
    async get(id: string): Promise<StoredGrant | undefined> {
      return (
        await orm
          .select()
          .from(grants)
          .where(and(mine, eq(grants.id, id)))
      ).map(read)[0];
    },
    async add(grant: StoredGrant): Promise<void> {
      await orm.insert(grants).values({ tenantId: tenant, ...rowOf(grant) });
    },
    async remove(id: string): Promise<void> {
      await orm.delete(grants).where(and(mine, eq(grants.id, id)));
    },
    async removeTo(principal: Principal): Promise<void> {
      await orm.delete(grants).where(and(mine, isTo(principal)));
    },
  };
}
