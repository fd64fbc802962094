import type { Migration } from '../kit/migrate.ts';

/** Append only; see kit/migrate.ts. Rows lie in tables `t1`, `t2`… with columns `c1`, `c2`…: no name of an author is SQL. */
export const MIGRATIONS: readonly Migration[] = [
  {
    id: '001_tables',
    sql: `
      CREATE TABLE tables (
        n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
      CREATE TABLE columns (
        table_n INTEGER NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
        PRIMARY KEY (table_n, n), UNIQUE (table_n, name)) WITHOUT ROWID;
      CREATE TABLE applied (
        key TEXT NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL, at_ms INTEGER NOT NULL,
        PRIMARY KEY (key, part)) WITHOUT ROWID;
      CREATE INDEX applied_by_age ON applied (at_ms);
    `,
  },
];
