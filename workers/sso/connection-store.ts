import { and, asc, count, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import {
  scimGroups,
  scimMembers,
  scimUsers,
  ssoAssertions,
  ssoConnections,
  ssoFlows,
  ssoIdentities,
  ssoSessions,
} from '../areas/sso-connections/tables.ts';

export interface ConnectionRow {
  id: string;
  kind: string;
  name: string;
  enabled: number;
  settings: string;
  secret: string;
  secretKey: string;
  mappings: string;
  defaultRole: string | null;
  provision: number;
  scimHash: string | null;
  createdAt: number;
  updatedAt: number;
}

export type ConnectionStore = ReturnType<typeof d1Connections>;

/** The identity providers of one tenant. */
export function d1Connections(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const mine = eq(ssoConnections.tenantId, tenant);
  const one = (id: string) => and(mine, eq(ssoConnections.id, id));
  const read = (whole: ConnectionRow & { tenantId: string }): ConnectionRow => {
    const { tenantId: _, ...row } = whole;
    return row;
  };
  return {
    async list(): Promise<ConnectionRow[]> {
      const rows = await orm
        .select()
        .from(ssoConnections)
        .where(mine)
        .orderBy(asc(ssoConnections.name), asc(ssoConnections.id));
      return rows.map(read);
    },
    async get(id: string): Promise<ConnectionRow | undefined> {
      const [row] = await orm.select().from(ssoConnections).where(one(id));
      return row && read(row);
    },
    async byScimHash(hash: string): Promise<ConnectionRow | undefined> {
      const [row] = await orm
        .select()
        .from(ssoConnections)
        .where(and(mine, eq(ssoConnections.scimHash, hash)));
      return row && read(row);
    },
    async count(): Promise<number> {
      return (await orm.select({ held: count() }).from(ssoConnections).where(mine))[0]?.held ?? 0;
    },
    async add(row: ConnectionRow): Promise<void> {
      await orm.insert(ssoConnections).values({ tenantId: tenant, ...row });
    },
    async replace({ id, ...row }: ConnectionRow): Promise<boolean> {
      return (await orm.update(ssoConnections).set(row).where(one(id)).returning({ id: ssoConnections.id })).length > 0;
    },
    async setScim(id: string, scimHash: string | null): Promise<boolean> {
      return (
        (await orm.update(ssoConnections).set({ scimHash }).where(one(id)).returning({ id: ssoConnections.id }))
          .length > 0
      );
    },
    /** With everything that hangs on it; people and their memberships stay. */
    async remove(id: string): Promise<void> {
      const of = <
        T extends
          | typeof ssoIdentities
          | typeof ssoSessions
          | typeof ssoFlows
          | typeof ssoAssertions
          | typeof scimUsers
          | typeof scimGroups
          | typeof scimMembers,
      >(
        table: T,
      ) => orm.delete(table).where(and(eq(table.tenantId, tenant), eq(table.connectionId, id)));
      await orm.batch([
        orm.delete(ssoConnections).where(one(id)),
        of(ssoIdentities),
        of(ssoSessions),
        of(ssoFlows),
        of(ssoAssertions),
        of(scimUsers),
        of(scimGroups),
        of(scimMembers),
      ]);
    },
  };
}
