/** What an object held before it was emptied. */
export interface Erased {
  /** Rows by table. */
  rows: Record<string, number>;
  bytes: number;
}

/**
 * Empties an object: counts what is there, cancels its alarm, deletes everything. The object must not write
 * afterwards; callers abort it, so that nothing it still has in memory can come back.
 */
export async function erase(storage: DurableObjectStorage): Promise<Erased> {
  const { sql } = storage;
  const tables = sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'",
    )
    .toArray();
  const rows = Object.fromEntries(
    tables.map(({ name }) => [
      name,
      sql.exec<{ n: number }>(`SELECT count(*) AS n FROM "${name.replaceAll('"', '""')}"`).one().n,
    ]),
  );
  const bytes = tables.length === 0 ? 0 : sql.databaseSize;
  await storage.deleteAlarm();
  await storage.deleteAll();
  return { rows, bytes };
}
