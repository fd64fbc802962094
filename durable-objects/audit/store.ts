import { type Head, START } from '../../core/audit/chain.ts';
import type { AuditRecord } from '../../core/audit/entry.ts';

/** The log's two tables. Every statement is here. */
export class AuditStore {
  readonly #sql: SqlStorage;
  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  head(): Head {
    const [last] = this.#records('SELECT record FROM records ORDER BY seq DESC LIMIT 1');
    return last ? { seq: last.seq, hash: last.hash } : this.anchor();
  }

  anchor(): Head {
    return this.#sql.exec<{ seq: number; hash: string }>('SELECT seq, hash FROM anchor').toArray()[0] ?? START;
  }

  add(record: AuditRecord): void {
    const text = JSON.stringify(record);
    this.#sql.exec('INSERT INTO records (seq, at, record) VALUES (?, ?, ?)', record.seq, record.at, text);
  }

  after(seq: number, limit: number): AuditRecord[] {
    return this.#records('SELECT record FROM records WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit);
  }

  below(seq: number, limit: number): AuditRecord[] {
    return this.#records('SELECT record FROM records WHERE seq < ? ORDER BY seq DESC LIMIT ?', seq, limit);
  }

  /** Position of the last of the oldest records that are all older than a moment; 0 when there is none. */
  lastBefore(atMs: number): number {
    const first = this.#sql
      .exec<{ seq: number | null }>('SELECT min(seq) AS seq FROM records WHERE at >= ?', atMs)
      .one().seq;
    return first === null ? this.head().seq : first - 1;
  }

  dropUpTo(last: AuditRecord): number {
    this.#sql.exec(
      'INSERT INTO anchor (one, seq, hash) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash',
      last.seq,
      last.hash,
    );
    return this.#sql.exec('DELETE FROM records WHERE seq <= ?', last.seq).rowsWritten;
  }

  #records(query: string, ...bindings: number[]): AuditRecord[] {
    return this.#sql
      .exec<{ record: string }>(query, ...bindings)
      .toArray()
      .map(({ record }) => JSON.parse(record) as AuditRecord);
  }
}
