import type { Migration } from '../kit/migrate.ts';

/** Append only; see kit/migrate.ts. */
export const MIGRATIONS: readonly Migration[] = [
  {
    id: '001_log',
    sql: `
      CREATE TABLE records (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, record TEXT NOT NULL);
      CREATE TABLE anchor (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL);
    `,
  },
  {
    id: '002_sinks',
    sql: `
      CREATE TABLE sinks (
        id TEXT PRIMARY KEY, url TEXT NOT NULL, cursor INTEGER NOT NULL, failures INTEGER NOT NULL,
        next_at INTEGER NOT NULL, error TEXT NOT NULL) WITHOUT ROWID;
    `,
  },
];
