import { and, count, eq, exists, lt, not, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { alias } from 'drizzle-orm/sqlite-core';
import { credentials, vaultKeys } from '../areas/credentials/tables.ts';
import { variables } from '../areas/variables/tables.ts';
import { connectionPlace } from '../sso/secrets.ts';
import { dataKeyPlace } from './data-keys.ts';
import type { DeploymentKeys } from './deployment-keys.ts';
import { open, seal } from './envelope.ts';
import type { Records } from './records.ts';
import type { CredentialRow, CredentialStore } from './store.ts';

/** A data key may still be about to seal something this long after a newer one was made. */
const KEEP_OLD_KEY_MS = 60 * 60_000;

/** Seals one credential with the newest data key; false when it was changed meanwhile, and so sealed by others. */
export async function resealed(records: Records, store: CredentialStore, row: CredentialRow): Promise<boolean> {
  return store.reseal(row, await records.seal(row, await records.open(row)));
}

/** Seals up to `limit` credentials of older data keys anew. Returns how many were looked at; 0: all is done. */
export async function resealSome(records: Records, store: CredentialStore, limit: number): Promise<number> {
  const current = await (await records.keys()).currentId();
  if (current === undefined) return 0;
  const rows = await store.sealedOtherwise(current, limit);
  for (const row of rows) await resealed(records, store, row);
  return rows.length;
}

export interface DataKeyState {
  id: string;
  createdAt: number;
  /** How many credentials are sealed with it. */
  credentials: number;
}

/** A tenant's data keys and what each still holds, the newest first. */
export async function dataKeyStates(db: D1Database, tenant: string): Promise<DataKeyState[]> {
  const holds = and(eq(credentials.tenantId, vaultKeys.tenantId), eq(credentials.keyId, vaultKeys.id));
  return drizzle(db)
    .select({ id: vaultKeys.id, createdAt: vaultKeys.createdAt, credentials: count(credentials.id) })
    .from(vaultKeys)
    .leftJoin(credentials, holds)
    .where(eq(vaultKeys.tenantId, tenant))
    .groupBy(vaultKeys.id)
    .orderBy(sql`CAST(substr(${vaultKeys.id}, 2) AS INTEGER) DESC`);
}

/** Removes data keys that seal nothing and were succeeded long ago. */
export async function dropUnused(db: D1Database, tenant: string, nowMs: number): Promise<void> {
  const orm = drizzle(db);
  const newer = alias(vaultKeys, 'newer');
  await orm.delete(vaultKeys).where(
    and(
      eq(vaultKeys.tenantId, tenant),
      exists(
        orm
          .select({ one: sql`1` })
          .from(newer)
          .where(
            and(
              eq(newer.tenantId, tenant),
              sql`CAST(substr(${newer.id}, 2) AS INTEGER) > CAST(substr("vault_keys"."id", 2) AS INTEGER)`,
              lt(newer.createdAt, nowMs - KEEP_OLD_KEY_MS),
            ),
          ),
      ),
      not(
        exists(
          orm
            .select({ one: sql`1` })
            .from(credentials)
            .where(and(eq(credentials.tenantId, tenant), sql`${credentials.keyId} = "vault_keys"."id"`)),
        ),
      ),
      not(
        exists(
          orm
            .select({ one: sql`1` })
            .from(variables)
            .where(and(eq(variables.tenantId, tenant), sql`${variables.keyId} = "vault_keys"."id"`)),
        ),
      ),
    ),
  );
}

/** How far the exchange of the deployment's key is. `left` 0: the old keys can be taken away. */
export interface Rewrapping {
  rewrapped: number;
  /** What lies under an older key. */
  left: number;
  /** Of those looked at, what no key given opens. Taking an old key away would not change that. */
  closed: number;
  /** Where the next call goes on; absent: at the end. */
  after?: { tenant: string; id: string };
}

/** What lies under the deployment's key itself; everything else is under a tenant's data key. Ids of two kinds differ. */
const WRAPPED = {
  'data key': { table: 'vault_keys', sealed: 'wrapped', by: 'wrapped_by', placeOf: dataKeyPlace },
  'sso connection': { table: 'sso_connections', sealed: 'secret', by: 'secret_key', placeOf: connectionPlace },
} as const;

interface WrappedRow {
  kind: keyof typeof WRAPPED;
  tenant: string;
  id: string;
  sealed: string;
  by: string;
}

/** What is under another key than `?1`. */
const STALE = Object.entries(WRAPPED)
  .map(
    ([kind, { table, sealed, by }]) =>
      `SELECT '${kind}' AS kind, tenant_id AS tenant, id, ${sealed} AS sealed, ${by} AS by FROM ${table} WHERE ${sealed} <> '' AND ${by} <> ?1`,
  )
  .join(' UNION ALL ');

/**
 * Wraps up to `limit` things of all tenants anew with the deployment's newest key. Each is one conditional write, so
 * that calls may overlap, stop anywhere and be repeated.
 */
export async function rewrapSome(
  db: D1Database,
  keys: DeploymentKeys,
  { limit, after }: { limit: number; after?: { tenant: string; id: string } | undefined },
): Promise<Rewrapping> {
  const { results: rows } = await db
    .prepare(`SELECT * FROM (${STALE}) WHERE (tenant, id) > (?2, ?3) ORDER BY tenant, id LIMIT ?4`)
    .bind(keys.newest.id, after?.tenant ?? '', after?.id ?? '', limit)
    .all<WrappedRow>();
  let [rewrapped, closed] = [0, 0];
  for (const { kind, tenant, id, sealed: before, by: keyId } of rows) {
    const { table, sealed, by, placeOf } = WRAPPED[kind];
    const place = placeOf(tenant, id);
    const old = await keys.get(keyId).catch(() => undefined);
    const bytes = old && (await open(old.key, before, place).catch(() => undefined));
    if (!bytes) {
      closed++;
      continue;
    }
    await db
      .prepare(`UPDATE ${table} SET ${sealed} = ?1, ${by} = ?2 WHERE tenant_id = ?3 AND id = ?4 AND ${sealed} = ?5`)
      .bind(await seal(keys.newest.key, bytes, place), keys.newest.id, tenant, id, before)
      .run();
    rewrapped++;
  }
  const counted = await db.prepare(`SELECT count(*) AS n FROM (${STALE})`).bind(keys.newest.id).first<{ n: number }>();
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    rewrapped,
    left: counted?.n ?? 0,
    closed,
    ...(last ? { after: { tenant: last.tenant, id: last.id } } : {}),
  };
}
