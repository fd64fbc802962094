import { auditEvent, retryAfterMs } from '../../core/audit/event.ts';
import type { AuditRecord } from '../../core/audit/entry.ts';
import type { NewSink, Sink } from './protocol.ts';

/** Records in one request. */
const BATCH = 500;
/** Requests to one sink in one alarm; the next alarm goes on. */
const BATCHES = 20;

export interface Delivery {
  id: string;
  url: string;
  body: string;
}

interface SinkPorts {
  organization: string;
  sql: SqlStorage;
  after(seq: number, limit: number): AuditRecord[];
  /** Throws, or says what the sink answered. */
  deliver(delivery: Delivery): Promise<{ ok: boolean; detail: string }>;
  now(): number;
}

type Row = {
  id: string;
  url: string;
  cursor: number;
  failures: number;
  next_at: number;
  error: string;
};

/** Where a log is sent on (AUD9). The cursor moves only when a batch was taken, so order and completeness hold. */
export class Sinks {
  readonly #ports: SinkPorts;
  constructor(ports: SinkPorts) {
    this.#ports = ports;
  }

  list(): Sink[] {
    return this.#rows().map(({ id, url, cursor, failures, next_at, error }) => {
      return { id, url, cursor, failures, nextAt: failures > 0 ? next_at : null, error };
    });
  }

  add({ id, url, after }: NewSink): void {
    this.#ports.sql.exec(
      "INSERT INTO sinks (id, url, cursor, failures, next_at, error) VALUES (?, ?, ?, 0, 0, '')",
      id,
      url,
      after,
    );
  }

  remove(id: string): boolean {
    return this.#ports.sql.exec('DELETE FROM sinks WHERE id = ? RETURNING id', id).toArray().length > 0;
  }

  /** When there is next something to send; undefined when nothing waits. */
  dueAt(head: number): number | undefined {
    const waiting = this.#rows().filter(({ cursor }) => cursor < head);
    return waiting.length === 0 ? undefined : Math.min(...waiting.map(({ next_at }) => next_at));
  }

  async send(): Promise<void> {
    await Promise.all(this.#rows().map((row) => this.#sendTo(row)));
  }

  async #sendTo(row: Row): Promise<void> {
    const { organization, sql, after, deliver, now } = this.#ports;
    let { cursor } = row;
    if (row.next_at > now()) return;
    for (let batch = 0; batch < BATCHES; batch++) {
      const records = after(cursor, BATCH);
      if (records.length === 0) return;
      const event = auditEvent(organization, records);
      const { id, url } = row;
      const { ok, detail } = await deliver({ id, url, body: JSON.stringify(event) }).catch((error: unknown) => {
        return { ok: false, detail: error instanceof Error ? error.message : String(error) };
      });
      if (!ok) {
        const failures = row.failures + 1;
        const nextAt = now() + retryAfterMs(failures);
        const update = 'UPDATE sinks SET failures = ?, next_at = ?, error = ? WHERE id = ?';
        sql.exec(update, failures, nextAt, detail.slice(0, 500), id);
        return;
      }
      cursor = event.to;
      sql.exec("UPDATE sinks SET cursor = ?, failures = 0, next_at = 0, error = '' WHERE id = ?", cursor, id);
    }
  }

  #rows(): Row[] {
    return this.#ports.sql.exec<Row>('SELECT * FROM sinks ORDER BY id').toArray();
  }
}
