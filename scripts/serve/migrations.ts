import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Migration {
  name: string;
  queries: string[];
}

/** The SQL files of `directory` in order, split where drizzle-kit marks a new statement. */
export function readMigrations(directory: string): Migration[] {
  if (!existsSync(directory)) {
    return [];
  }
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((name) => ({
      name,
      queries: readFileSync(join(directory, name), 'utf8')
        .split('--> statement-breakpoint')
        .map((query) => query.trim())
        .filter((query) => query !== ''),
    }));
}

/** The part of D1 that is needed. A batch is one transaction. */
export interface Database {
  query(sql: string): Promise<Record<string, unknown>[]>;
  batch(statements: { sql: string; values: unknown[] }[]): Promise<void>;
}

const LEDGER =
  'create table if not exists d1_migrations(id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)';

/** Applies what is new, each file in one transaction with its record. Returns the names applied. */
export async function migrate(db: Database, migrations: Migration[]): Promise<string[]> {
  await db.query(LEDGER);
  const applied = new Set((await db.query('select name from d1_migrations')).map((row) => row['name']));
  const fresh = migrations.filter((migration) => !applied.has(migration.name));
  for (const { name, queries } of fresh) {
    await db.batch([
      ...queries.map((sql) => ({ sql, values: [] })),
      { sql: 'insert into d1_migrations(name) values (?)', values: [name] },
    ]);
  }
  return fresh.map((migration) => migration.name);
}
