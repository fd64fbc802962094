/** One step of an object's schema. `id` starts with its number: `001_seed`. Released steps never change. */
export type Migration =
  | { readonly id: string; readonly sql: string }
  | { readonly id: string; readonly run: (sql: SqlStorage) => void };

interface MigratableStorage {
  sql: SqlStorage;
  transactionSync<T>(body: () => T): T;
}

/** True when `migrate` has ever run here: an object that only received a wrong call must stay empty, hence free. */
export function isMigrated(sql: SqlStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").toArray().length > 0;
}

/**
 * Applies what is not yet applied, each step in a transaction of its own with its mark. Synchronous, so a
 * constructor that calls it is done before any request is seen.
 * `upTo` stops after that id: a test can insert old rows before the step that rewrites them.
 * Throws when the applied ids are not a prefix of the list.
 */
export function migrate(storage: MigratableStorage, migrations: readonly Migration[], upTo?: string): void {
  const { sql } = storage;
  if (!isMigrated(sql)) sql.exec('CREATE TABLE migrations (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)');
  const applied = sql.exec<{ id: string }>('SELECT id FROM migrations ORDER BY position').toArray();
  for (const [position, { id }] of applied.entries()) {
    const known = migrations[position]?.id;
    if (known !== id) {
      throw new Error(
        `Migrations are append-only: position ${position} was applied as ${id}, the list has ${known ?? 'nothing'}. ` +
          'Put the list back as it was and add a new entry at its end.',
      );
    }
  }
  for (const [position, migration] of migrations.entries()) {
    if (position >= applied.length) {
      storage.transactionSync(() => {
        if ('sql' in migration) sql.exec(migration.sql);
        else migration.run(sql);
        sql.exec('INSERT INTO migrations (position, id) VALUES (?, ?)', position, migration.id);
      });
    }
    if (migration.id === upTo) return;
  }
}
