import { ALARMS_TABLE } from '../kit/alarms.ts';
import type { Migration } from '../kit/migrate.ts';

/** Append only; see kit/migrate.ts. */
export const MIGRATIONS: readonly Migration[] = [
  ALARMS_TABLE,
  {
    id: '001_registry',
    sql: `
      CREATE TABLE profile (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, shards INTEGER NOT NULL, suspended INTEGER NOT NULL,
        egress TEXT NOT NULL, retention_days INTEGER NOT NULL, route_version INTEGER NOT NULL);
      CREATE TABLE publications (
        workflow TEXT PRIMARY KEY, version TEXT NOT NULL, hooks TEXT NOT NULL, published_at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE hooks (
        method TEXT NOT NULL, pattern TEXT NOT NULL, workflow TEXT NOT NULL, node TEXT NOT NULL,
        PRIMARY KEY (method, pattern)) WITHOUT ROWID;
      CREATE TABLE schedules (
        workflow TEXT NOT NULL, node TEXT NOT NULL, version TEXT NOT NULL, zone TEXT NOT NULL, def TEXT NOT NULL,
        next_at INTEGER, PRIMARY KEY (workflow, node)) WITHOUT ROWID;
      CREATE TABLE firings (
        workflow TEXT NOT NULL, node TEXT NOT NULL, at_ms INTEGER NOT NULL, version TEXT NOT NULL, zone TEXT NOT NULL,
        attempts INTEGER NOT NULL, PRIMARY KEY (workflow, node, at_ms)) WITHOUT ROWID;
      CREATE TABLE api_keys (
        id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, scopes TEXT NOT NULL,
        created_at INTEGER NOT NULL);
    `,
  },
  { id: '002_audit', sql: 'ALTER TABLE profile ADD COLUMN audit_days INTEGER NOT NULL DEFAULT 400' },
  {
    id: '003_key_life',
    sql: `
      ALTER TABLE api_keys ADD COLUMN prefix TEXT NOT NULL DEFAULT '';
      ALTER TABLE api_keys ADD COLUMN expires_at INTEGER;
      ALTER TABLE api_keys ADD COLUMN last_used_at INTEGER;
    `,
  },
  { id: '004_key_owner', sql: 'ALTER TABLE api_keys ADD COLUMN owner TEXT' },
  {
    id: '005_standing',
    sql: `
      ALTER TABLE profile ADD COLUMN standing TEXT NOT NULL DEFAULT 'active';
      ALTER TABLE profile ADD COLUMN standing_reason TEXT NOT NULL DEFAULT '';
      ALTER TABLE profile ADD COLUMN standing_since INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE profile ADD COLUMN delete_at INTEGER;
      ALTER TABLE profile ADD COLUMN region TEXT;
      ALTER TABLE profile ADD COLUMN branding TEXT NOT NULL DEFAULT '{}';
      ALTER TABLE profile ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
      UPDATE profile SET standing = 'suspended' WHERE suspended = 1;
    `,
  },
  { id: '006_standing_by', sql: "ALTER TABLE profile ADD COLUMN standing_by TEXT NOT NULL DEFAULT ''" },
  // `standing` says it
  { id: '007_one_standing', sql: 'ALTER TABLE profile DROP COLUMN suspended' },
];
