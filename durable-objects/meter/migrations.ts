import { ALARMS_TABLE } from '../kit/alarms.ts';
import { SINKS_TABLE } from '../kit/sinks.ts';
import type { Migration } from '../kit/migrate.ts';

const COUNTS = `
  runs INTEGER NOT NULL, steps INTEGER NOT NULL, cpu_us INTEGER NOT NULL, egress_bytes INTEGER NOT NULL,
  api_calls INTEGER NOT NULL, ai_tokens INTEGER NOT NULL`;

/** Append only; see kit/migrate.ts. */
export const MIGRATIONS: readonly Migration[] = [
  ALARMS_TABLE,
  {
    id: '001_usage',
    sql: `
      CREATE TABLE hourly (at INTEGER NOT NULL, workflow TEXT NOT NULL, ${COUNTS}, PRIMARY KEY (at, workflow)) WITHOUT ROWID;
      CREATE TABLE daily (at INTEGER NOT NULL, workflow TEXT NOT NULL, ${COUNTS}, PRIMARY KEY (at, workflow)) WITHOUT ROWID;
      CREATE TABLE sources (name TEXT PRIMARY KEY, seen TEXT NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE leases (
        shard INTEGER PRIMARY KEY, granted INTEGER NOT NULL, used INTEGER NOT NULL, returned INTEGER NOT NULL,
        seq INTEGER NOT NULL, expires_at INTEGER NOT NULL);
      CREATE TABLE plan (one INTEGER PRIMARY KEY, plan TEXT NOT NULL, overrides TEXT NOT NULL);
      CREATE TABLE buckets (name TEXT PRIMARY KEY, tokens REAL NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE gauges (meter TEXT PRIMARY KEY, amount INTEGER NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE notices (
        id INTEGER PRIMARY KEY, period TEXT NOT NULL, meter TEXT NOT NULL, percent INTEGER NOT NULL, kind TEXT NOT NULL,
        bound INTEGER NOT NULL, used INTEGER NOT NULL, at_ms INTEGER NOT NULL, sent INTEGER NOT NULL,
        UNIQUE (period, meter, percent, kind));
    `,
  },
  { id: '002_sinks', sql: SINKS_TABLE },
];
