import type { Schedule } from './protocol.ts';

interface StoredSchedule extends Schedule {
  /** Epoch milliseconds of the next start; null when there is none. */
  nextAtMs: number | null;
}

/** A start that is owed: written with the schedule's next time, removed when a runner has taken it. */
export interface Firing {
  workflow: string;
  node: string;
  version: string;
  zone: string;
  atMs: number;
  attempts: number;
}

type ScheduleRow = {
  workflow: string;
  node: string;
  version: string;
  zone: string;
  def: string;
  next_at: number | null;
};
type FiringRow = { workflow: string; node: string; version: string; zone: string; at_ms: number; attempts: number };

export class ScheduleStore {
  readonly #sql: SqlStorage;
  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  of(workflow: string): StoredSchedule[] {
    return this.#sql
      .exec<ScheduleRow>('SELECT * FROM schedules WHERE workflow = ?', workflow)
      .toArray()
      .map(scheduleOf);
  }

  due(nowMs: number): StoredSchedule[] {
    return this.#sql
      .exec<ScheduleRow>('SELECT * FROM schedules WHERE next_at <= ? ORDER BY next_at', nowMs)
      .toArray()
      .map(scheduleOf);
  }

  replace(workflow: string, schedules: readonly StoredSchedule[]): void {
    this.#sql.exec('DELETE FROM schedules WHERE workflow = ?', workflow);
    for (const { node, version, zone, def, nextAtMs } of schedules) {
      this.#sql.exec(
        'INSERT INTO schedules (workflow, node, version, zone, def, next_at) VALUES (?, ?, ?, ?, ?, ?)',
        workflow,
        node,
        version,
        zone,
        def,
        nextAtMs,
      );
    }
  }

  setNext({ workflow, node }: Schedule, nextAtMs: number | null): void {
    this.#sql.exec('UPDATE schedules SET next_at = ? WHERE workflow = ? AND node = ?', nextAtMs, workflow, node);
  }

  earliest(): number | null {
    return this.#sql.exec<{ first: number | null }>('SELECT min(next_at) AS first FROM schedules').one().first;
  }

  owe({ workflow, node, version, zone }: Schedule, atMs: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO firings (workflow, node, at_ms, version, zone, attempts) VALUES (?, ?, ?, ?, ?, 0)',
      workflow,
      node,
      atMs,
      version,
      zone,
    );
  }

  owed(): Firing[] {
    const rows = this.#sql.exec<FiringRow>('SELECT * FROM firings ORDER BY at_ms').toArray();
    return rows.map(({ at_ms: atMs, workflow, node, version, zone, attempts }) => ({
      workflow,
      node,
      version,
      zone,
      atMs,
      attempts,
    }));
  }

  settle({ workflow, node, atMs }: Firing): void {
    this.#sql.exec('DELETE FROM firings WHERE workflow = ? AND node = ? AND at_ms = ?', workflow, node, atMs);
  }

  countAttempt({ workflow, node, atMs }: Firing): void {
    this.#sql.exec(
      'UPDATE firings SET attempts = attempts + 1 WHERE workflow = ? AND node = ? AND at_ms = ?',
      workflow,
      node,
      atMs,
    );
  }

  dropOwed(workflow: string): void {
    this.#sql.exec('DELETE FROM firings WHERE workflow = ?', workflow);
  }
}

const scheduleOf = ({ next_at: nextAtMs, workflow, node, version, zone, def }: ScheduleRow): StoredSchedule => ({
  workflow,
  node,
  version,
  zone,
  def,
  nextAtMs,
});
