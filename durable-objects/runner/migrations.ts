import type { Migration } from '../kit/migrate.ts';

/**
 * Append-only. Integer keys and no index on the hot path: a row is the unit of cost. `live_segments` is partial, so a
 * segment whose runs all ended in it costs one row.
 */
export const RUNNER_MIGRATIONS: readonly Migration[] = [
  {
    id: '001_journal',
    sql: `
      CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE segments (slot INTEGER PRIMARY KEY, live INTEGER NOT NULL, heads TEXT NOT NULL, data TEXT NOT NULL);
      CREATE INDEX live_segments ON segments (slot) WHERE live > 0;
      CREATE TABLE sealed (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, object TEXT NOT NULL, heads TEXT NOT NULL, sealed_at INTEGER NOT NULL);
      CREATE TABLE idempotency (key TEXT PRIMARY KEY, run TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE programs (workflow TEXT NOT NULL, version TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (workflow, version)) WITHOUT ROWID;
    `,
  },
  // what ended runs have used of a rate limit: without it a restart would allow a second burst
  { id: '002_rates', sql: 'CREATE TABLE rates (key TEXT PRIMARY KEY, tat REAL NOT NULL) WITHOUT ROWID' },
  // what workflows and their nodes keep from run to run: static data, the cursors of polls
  { id: '003_kept', sql: 'CREATE TABLE kept (name TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID' },
  // where each segment lies in its archive: reading one old run must not read the 499 segments beside it
  { id: '004_places', sql: 'CREATE TABLE sealed_places (first INTEGER PRIMARY KEY, places TEXT NOT NULL)' },
  // usage a segment adds to its tenant's, beside what adds it: counted once, in the same commit
  { id: '005_used', sql: 'ALTER TABLE segments ADD COLUMN used TEXT' },
  // deleted workflows: what their last runs would still keep goes nowhere
  { id: '006_forgotten', sql: 'CREATE TABLE forgotten (workflow TEXT PRIMARY KEY) WITHOUT ROWID' },
  // large records of segments whose heads will change: SQLite writes a changed row anew, with all that is in it
  { id: '007_bulk', sql: 'CREATE TABLE bulk (slot INTEGER PRIMARY KEY, data TEXT NOT NULL)' },
];
