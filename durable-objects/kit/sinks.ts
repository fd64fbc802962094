/** Add it to an object's migrations. */
export const SINKS_TABLE = `
  CREATE TABLE sinks (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, cursor INTEGER NOT NULL, failures INTEGER NOT NULL,
    next_at INTEGER NOT NULL, error TEXT NOT NULL) WITHOUT ROWID;
`;

/** Where a log is sent on. */
export interface NewSink {
  id: string;
  url: string;
  /** Position after which it begins. */
  after: number;
}

export interface Sink {
  id: string;
  url: string;
  /** Position of the last record it took. */
  cursor: number;
  /** In a row. */
  failures: number;
  nextAt: number | null;
  /** What went wrong last. */
  error: string;
}

/** Some records in their order, as they are sent. */
export interface Batch {
  /** Position of the first and last. */
  from: number;
  to: number;
}

/** Records in one request. */
const BATCH = 500;
/** Requests to one sink in one alarm; the next alarm goes on. */
const BATCHES = 20;
const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 600_000;

/** How long to wait after so many failures in a row. */
const retryAfterMs = (failures: number): number =>
  Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20));

export interface Delivery {
  /** Of the sink. */
  id: string;
  /** The same for the same records. */
  message: string;
  url: string;
  body: string;
}

/** What is used of the Worker script's other entrypoints. */
interface Loopback {
  Executor: { deliver(tenant: string, delivery: Delivery): Promise<{ ok: boolean; detail: string }> };
}

interface SinkPorts {
  tenant: string;
  sql: SqlStorage;
  /** `ctx.exports` of the object. */
  exports(): object;
  /** What comes after a position, as one event; undefined when nothing does. */
  batch(after: number, limit: number): Batch | undefined;
}

type Row = {
  id: string;
  url: string;
  cursor: number;
  failures: number;
  next_at: number;
  error: string;
};

/** The sinks of a log (AUD9, USE14). The cursor moves only when a batch was taken, so order and completeness hold. */
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
    let { cursor } = row;
    if (row.next_at > Date.now()) return;
    for (let batch = 0; batch < BATCHES; batch++) {
      const event = this.#ports.batch(cursor, BATCH);
      if (!event) return;
      const { id, url } = row;
      const message = `${id}_${event.from}_${event.to}`;
      const delivery = { id, message, url, body: JSON.stringify(event) };
      const { ok, detail } = await this.#deliver(delivery).catch((error: unknown) => {
        return { ok: false, detail: error instanceof Error ? error.message : String(error) };
      });
      if (!ok) {
        const failures = row.failures + 1;
        const nextAt = Date.now() + retryAfterMs(failures);
        const update = 'UPDATE sinks SET failures = ?, next_at = ?, error = ? WHERE id = ?';
        this.#ports.sql.exec(update, failures, nextAt, detail.slice(0, 500), id);
        return;
      }
      cursor = event.to;
      this.#ports.sql.exec(
        "UPDATE sinks SET cursor = ?, failures = 0, next_at = 0, error = '' WHERE id = ?",
        cursor,
        id,
      );
    }
  }

  /** Throws, or says what the sink answered. */
  #deliver(delivery: Delivery): Promise<{ ok: boolean; detail: string }> {
    // SAFETY: entrypoints of workers/main.ts.
    const { Executor } = this.#ports.exports() as Loopback;
    return Executor.deliver(this.#ports.tenant, delivery);
  }

  #rows(): Row[] {
    return this.#ports.sql.exec<Row>('SELECT * FROM sinks ORDER BY id').toArray();
  }
}
