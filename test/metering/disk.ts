import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { MIGRATIONS } from '../../durable-objects/meter/migrations.ts';
import type { MeterStore } from '../../durable-objects/meter/store.ts';

/** What the meter's stores use of SqlStorage. */
type Sql = ConstructorParameters<typeof MeterStore>[0];

/** Thrown in the middle of a transaction: the process is gone. */
export class Crash extends Error {}

/** The meter object's disk: SQLite as the object has it, with crashes between two statements. */
export class Disk {
  /** Statements until the next crash; undefined: none comes. */
  crashIn: number | undefined;
  readonly sql: Sql;
  private readonly db = new DatabaseSync(':memory:');
  private readonly statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();

  constructor() {
    for (const migration of MIGRATIONS) if ('sql' in migration) this.db.exec(migration.sql);
    const exec = (query: string, ...values: unknown[]) => this.exec(query, values as SQLInputValue[]);
    // SAFETY: its cursors have what the stores use of one: toArray, one, rowsWritten.
    this.sql = { exec } as unknown as Sql;
  }

  transaction<T>(action: () => T): T {
    this.db.exec('BEGIN');
    try {
      const result = action();
      this.step();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  private exec(query: string, values: SQLInputValue[]) {
    this.step();
    let statement = this.statements.get(query);
    if (!statement) this.statements.set(query, (statement = this.db.prepare(query)));
    const isRead = /^\s*SELECT/i.test(query);
    const rows = isRead ? statement.all(...values) : [];
    const rowsWritten = isRead ? 0 : Number(statement.run(...values).changes);
    return { toArray: () => rows, one: () => rows[0], rowsWritten };
  }

  private step(): void {
    if (this.crashIn === undefined || --this.crashIn > 0) return;
    this.crashIn = undefined;
    throw new Crash('the meter died');
  }
}
