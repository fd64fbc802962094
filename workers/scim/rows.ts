/** A user or a group as it is stored. */
export interface ScimRow {
  id: string;
  /** userName or displayName in lower case. */
  name: string;
  externalId: string | null;
  /** JSON without id, meta, groups and members. */
  resource: string;
  version: number;
  createdAt: number;
  updatedAt: number;
  /** Of a user only. */
  userId: string | null;
  active: number;
}

export type Kind = 'users' | 'groups';

const TABLES = {
  users: { table: 'scim_users', name: 'user_name', more: 'user_id AS userId, active' },
  groups: { table: 'scim_groups', name: 'display_name', more: 'NULL AS userId, 1 AS active' },
} as const;

/** Which rows: all, or by a column that has an index. */
export type Where = { by: 'id' | 'name' | 'externalId'; value: string } | undefined;

export type RowStore = ReturnType<typeof d1Rows>;

/** Users or groups of one connection of one tenant (SRV1). */
export function d1Rows(
  db: D1Database,
  { tenant, connection, kind }: { tenant: string; connection: string; kind: Kind },
) {
  const { table, name, more } = TABLES[kind];
  const columns = `id, ${name} AS name, external_id AS externalId, resource, version, created_at AS createdAt, updated_at AS updatedAt, ${more}`;
  const mine = 'tenant_id = ?1 AND connection_id = ?2';
  const column = { id: 'id', name, externalId: 'external_id' } as const;
  const condition = (where: Where): string =>
    where ? `${mine} AND ${column[where.by]} = ?3` : `${mine} AND ?3 IS NULL`;
  const bound = (where: Where): [string, string, string | null] => [tenant, connection, where?.value ?? null];
  return {
    async get(id: string): Promise<ScimRow | undefined> {
      return (
        (await db
          .prepare(`SELECT ${columns} FROM ${table} WHERE ${mine} AND id = ?3`)
          .bind(tenant, connection, id)
          .first<ScimRow>()) ?? undefined
      );
    },
    async page(where: Where, { offset, limit }: { offset: number; limit: number }): Promise<ScimRow[]> {
      const select = `SELECT ${columns} FROM ${table} WHERE ${condition(where)} ORDER BY created_at, id LIMIT ?4 OFFSET ?5`;
      return (
        await db
          .prepare(select)
          .bind(...bound(where), limit, offset)
          .all<ScimRow>()
      ).results;
    },
    async count(where: Where): Promise<number> {
      const select = `SELECT count(*) AS held FROM ${table} WHERE ${condition(where)}`;
      return (
        (
          await db
            .prepare(select)
            .bind(...bound(where))
            .first<{ held: number }>()
        )?.held ?? 0
      );
    },
    /** False when the userName is taken. */
    async add(row: ScimRow): Promise<boolean> {
      const user = kind === 'users';
      const insert = `INSERT INTO ${table} (tenant_id, connection_id, id, ${name}, external_id, resource, version, created_at, updated_at${user ? ', user_id, active' : ''}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?${user ? ', ?, ?' : ''}) ON CONFLICT DO NOTHING RETURNING id`;
      const values = [
        tenant,
        connection,
        row.id,
        row.name,
        row.externalId,
        row.resource,
        row.version,
        row.createdAt,
        row.updatedAt,
      ];
      if (user) values.push(row.userId, row.active);
      return (
        (await db
          .prepare(insert)
          .bind(...values)
          .first()) !== null
      );
    },
    /** Writes over the version before; `stale` when another change was first, `taken` when the userName is. */
    async replace(row: ScimRow): Promise<'done' | 'stale' | 'taken'> {
      const user = kind === 'users';
      const update = `UPDATE ${table} SET ${name} = ?4, external_id = ?5, resource = ?6, version = ?7, updated_at = ?8${user ? ', user_id = ?9, active = ?10' : ''} WHERE ${mine} AND id = ?3 AND version = ?7 - 1 RETURNING id`;
      const values = [tenant, connection, row.id, row.name, row.externalId, row.resource, row.version, row.updatedAt];
      if (user) values.push(row.userId, row.active);
      try {
        return (await db
          .prepare(update)
          .bind(...values)
          .first()) === null
          ? 'stale'
          : 'done';
      } catch (error) {
        if (/UNIQUE/i.test(String(error))) return 'taken';
        throw error;
      }
    },
    async remove(id: string): Promise<void> {
      const member = kind === 'users' ? 'member_id' : 'group_id';
      await db.batch([
        db.prepare(`DELETE FROM ${table} WHERE ${mine} AND id = ?3`).bind(tenant, connection, id),
        db.prepare(`DELETE FROM scim_members WHERE ${mine} AND ${member} = ?3`).bind(tenant, connection, id),
      ]);
    },
  };
}
