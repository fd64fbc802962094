import { and, count, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { credentials, vaultKeys } from '../areas/credentials/tables.ts';
import type { DataKeyStore } from './data-keys.ts';
import type { Sealed } from './records.ts';

/** A credential as it is kept. */
export interface CredentialRow {
  id: string;
  type: string;
  name: string;
  domains: string;
  fields: string;
  secrets: string;
  /** Sealed tokens of a sign-in; empty: none. */
  tokens: string;
  keyId: string;
  /** `ready`, `unfinished` before a sign-in, `reconnect` when the service no longer takes its tokens. */
  state: string;
  /** Who may use it (core/credentials/sharing.ts), as JSON; `{}`: everybody. */
  allowed: string;
  /** Secrets that lie in another store (core/credentials/external.ts), by field, as JSON. */
  refs: string;
  createdAt: number;
  updatedAt: number;
}

export interface CredentialStore {
  add(row: CredentialRow): Promise<void>;
  get(id: string): Promise<CredentialRow | undefined>;
  /** Those of these ids that there are. */
  those(ids: readonly string[]): Promise<CredentialRow[]>;
  list(): Promise<CredentialRow[]>;
  /** These columns only: others may be changed meanwhile. False when there is no such credential. */
  change(id: string, values: Partial<Omit<CredentialRow, 'id'>>): Promise<boolean>;
  /** Puts other sealed values in the place of these; false when they, or what they belong to, are no longer there. */
  reseal(row: CredentialRow, sealed: Sealed & { state?: string }): Promise<boolean>;
  /** At most `limit` that are sealed with another key than this. */
  sealedOtherwise(keyId: string, limit: number): Promise<CredentialRow[]>;
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
    tokens: credentials.tokens,
    keyId: credentials.keyId,
    state: credentials.state,
    allowed: credentials.allowed,
    refs: credentials.refs,
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
    async those(ids) {
      const found: CredentialRow[] = [];
      // D1 binds at most 100 values to a statement.
      for (let at = 0; at < ids.length; at += 50) {
        const some = inArray(credentials.id, ids.slice(at, at + 50));
        found.push(...(await orm.select(columns).from(credentials).where(and(mine, some))));
      }
      return found;
    },
    list() {
      return orm.select(columns).from(credentials).where(mine).orderBy(credentials.name, credentials.id);
    },
    async change(id, values) {
      const changed = await orm.update(credentials).set(values).where(one(id)).returning({ id: credentials.id });
      return changed.length > 0;
    },
    async reseal(row, sealed) {
      const { id, fields, refs, secrets, tokens } = credentials;
      const same = and(
        one(row.id),
        eq(fields, row.fields),
        eq(refs, row.refs),
        eq(secrets, row.secrets),
        eq(tokens, row.tokens),
      );
      const changed = await orm.update(credentials).set(sealed).where(same).returning({ id });
      return changed.length > 0;
    },
    sealedOtherwise(keyId, limit) {
      return orm
        .select(columns)
        .from(credentials)
        .where(and(mine, ne(credentials.keyId, keyId)))
        .limit(limit);
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
  const { id, wrappedBy, wrapped } = vaultKeys;
  return {
    all() {
      return orm
        .select({ id, wrappedBy, wrapped })
        .from(vaultKeys)
        .where(eq(vaultKeys.tenantId, tenant))
        .orderBy(desc(sql`CAST(substr(${id}, 2) AS INTEGER)`));
    },
    async add(row) {
      await orm
        .insert(vaultKeys)
        .values({ tenantId: tenant, createdAt: now(), ...row })
        .onConflictDoNothing();
    },
  };
}
