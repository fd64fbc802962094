import { and, count, desc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { credentials, vaultKeys } from '../areas/credentials/tables.ts';
import type { DataKeyStore } from './data-keys.ts';

/** A credential as it is kept. */
export interface CredentialRow {
  id: string;
  type: string;
  name: string;
  domains: string;
  fields: string;
  secrets: string;
  keyId: string;
  createdAt: number;
  updatedAt: number;
}

export interface CredentialStore {
  add(row: CredentialRow): Promise<void>;
  get(id: string): Promise<CredentialRow | undefined>;
  /** At most `limit`, by name. */
  named(type: string, name: string, limit: number): Promise<CredentialRow[]>;
  list(): Promise<CredentialRow[]>;
  replace(row: CredentialRow): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  count(): Promise<number>;
}

/** Made for one tenant; no method takes another. */
export function d1Credentials(db: D1Database, tenant: string): CredentialStore {
  const orm = drizzle(db);
  const mine = eq(credentials.tenantId, tenant);
  const columns = {
    id: credentials.id,
    type: credentials.type,
    name: credentials.name,
    domains: credentials.domains,
    fields: credentials.fields,
    secrets: credentials.secrets,
    keyId: credentials.keyId,
    createdAt: credentials.createdAt,
    updatedAt: credentials.updatedAt,
  };
  const one = (id: string) => and(mine, eq(credentials.id, id));
  return {
    async add(row) {
      await orm.insert(credentials).values({ tenantId: tenant, ...row });
    },
    async get(id) {
      return (await orm.select(columns).from(credentials).where(one(id)))[0];
    },
    named(type, name, limit) {
      return orm
        .select(columns)
        .from(credentials)
        .where(and(mine, eq(credentials.type, type), eq(credentials.name, name)))
        .limit(limit);
    },
    list() {
      return orm.select(columns).from(credentials).where(mine).orderBy(credentials.name, credentials.id);
    },
    async replace({ id, ...row }) {
      const changed = await orm.update(credentials).set(row).where(one(id)).returning({ id: credentials.id });
      return changed.length > 0;
    },
    async remove(id) {
      const gone = await orm.delete(credentials).where(one(id)).returning({ id: credentials.id });
      return gone.length > 0;
    },
    async count() {
      const [row] = await orm.select({ held: count() }).from(credentials).where(mine);
      return row?.held ?? 0;
    },
  };
}

export function d1DataKeys(db: D1Database, tenant: string, now: () => number): DataKeyStore {
  const orm = drizzle(db);
  const mine = eq(vaultKeys.tenantId, tenant);
  const { id, wrappedBy, wrapped, createdAt } = vaultKeys;
  const columns = { id, wrappedBy, wrapped };
  return {
    async newest() {
      return (await orm.select(columns).from(vaultKeys).where(mine).orderBy(desc(createdAt), desc(id)).limit(1))[0];
    },
    async byId(wanted) {
      return (
        await orm
          .select(columns)
          .from(vaultKeys)
          .where(and(mine, eq(id, wanted)))
      )[0];
    },
    async add(row) {
      await orm
        .insert(vaultKeys)
        .values({ tenantId: tenant, createdAt: now(), ...row })
        .onConflictDoNothing();
    },
  };
}
