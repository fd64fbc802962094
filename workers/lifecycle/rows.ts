/** Rows deleted by one statement: a statement of D1 may take thirty seconds, and blocks others. */
const AT_ONCE = 2_000;

/** What stays when its tenant goes: the certificate. */
const KEPT = new Set(['erasures']);

/** Every table with a `tenant_id`, as the database itself says: a table that is added later is covered. */
export async function tenantTables(db: D1Database): Promise<string[]> {
  const select =
    "SELECT m.name FROM sqlite_master AS m WHERE m.type = 'table' AND m.sql LIKE '%tenant_id%' ORDER BY m.name";
  const { results } = await db.prepare(select).all<{ name: string }>();
  const names = results.map(({ name }) => name).filter((name) => !/^(_cf_|sqlite_|d1_)/.test(name));
  const columns = await Promise.all(
    names.map((name) => db.prepare(`PRAGMA table_info("${name.replaceAll('"', '""')}")`).all<{ name: string }>()),
  );
  return names.filter((_, at) => columns[at]?.results.some((column) => column.name === 'tenant_id') === true);
}

/** Deletes a tenant's rows of every table but the certificate's; returns how many, by table. */
export async function removeRows(db: D1Database, tenant: string): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  for (const table of await tenantTables(db)) {
    if (KEPT.has(table)) continue;
    const sql = `DELETE FROM "${table}" WHERE rowid IN (SELECT rowid FROM "${table}" WHERE tenant_id = ? LIMIT ${AT_ONCE})`;
    let count = 0;
    for (;;) {
      const { meta } = await db.prepare(sql).bind(tenant).run();
      count += meta.changes;
      if (meta.changes < AT_ONCE) break;
    }
    if (count > 0) removed[table] = count;
  }
  return removed;
}
