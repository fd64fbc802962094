import type { Migration } from './migrate.ts';

/** Add it to an object's migrations. */
export const ALARMS_TABLE: Migration = {
  id: '000_alarms',
  sql: 'CREATE TABLE alarms (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) WITHOUT ROWID',
};

export interface AlarmStorage {
  sql: SqlStorage;
  setAlarm(atMs: number): Promise<void>;
  deleteAlarm(): Promise<void>;
}

/** Handles one alarm that is due. It may set the same or other alarms; throwing means "again in a while". */
type AlarmHandler = (nowMs: number) => Promise<void>;

/** How long work may take before the alarm rings again, in case the object died in the middle. */
export const LEASE_MS = 30_000;

/** Many named alarms over the one a Durable Object has. Rows are the truth; the physical alarm is their minimum. */
export class Alarms {
  readonly #storage: AlarmStorage;
  #armedMs: number | null | undefined;
  constructor(storage: AlarmStorage) {
    this.#storage = storage;
  }

  set(name: string, atMs: number): void {
    this.#storage.sql.exec('INSERT OR REPLACE INTO alarms (name, at_ms) VALUES (?, ?)', name, Math.ceil(atMs));
    this.#arm();
  }

  cancel(name: string): void {
    this.#storage.sql.exec('DELETE FROM alarms WHERE name = ?', name);
    this.#arm();
  }

  at(name: string): number | undefined {
    return this.#storage.sql.exec<{ at_ms: number }>('SELECT at_ms FROM alarms WHERE name = ?', name).toArray()[0]
      ?.at_ms;
  }

  /**
   * Runs what is due. Call it from `alarm()`, from a reaper and at boot: early, late and double calls do no harm.
   * Every due alarm is first moved `LEASE_MS` ahead, so that it rings again if this object dies while working.
   */
  async ring(nowMs: number, handlers: Readonly<Record<string, AlarmHandler>>): Promise<void> {
    // The physical alarm may just have been used up: forget what we believe about it.
    this.#armedMs = undefined;
    const due = this.#due(nowMs);
    for (const name of due) this.set(name, nowMs + LEASE_MS);
    this.#arm();
    for (const name of due) {
      try {
        await handlers[name]?.(nowMs);
        if (this.at(name) === nowMs + LEASE_MS) this.cancel(name);
      } catch (error) {
        console.error(JSON.stringify({ level: 'error', alarm: name, error: String(error) }));
      }
    }
  }

  #due(nowMs: number): string[] {
    const rows = this.#storage.sql.exec<{ name: string }>(
      'SELECT name FROM alarms WHERE at_ms <= ? ORDER BY at_ms, name',
      nowMs,
    );
    return rows.toArray().map(({ name }) => name);
  }

  /** Not awaited: a storage write of this turn, which the output gate holds replies for like any other. */
  #arm(): void {
    const row = this.#storage.sql.exec<{ first: number | null }>('SELECT min(at_ms) AS first FROM alarms').one();
    if (row.first === this.#armedMs) return;
    this.#armedMs = row.first;
    void (row.first === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(row.first));
  }
}
