import { createHash } from 'node:crypto';
import { DurableObject } from 'cloudflare:workers';
import { erase, type Erased } from '../kit/erase.ts';
import { type Head, link, START } from '../../core/audit/chain.ts';
import type { AuditNote, AuditRecord } from '../../core/audit/entry.ts';
import { auditEvent } from '../../core/audit/event.ts';
import { isMigrated, migrate } from '../kit/migrate.ts';
import { type ObjectBindings, tenantOf } from '../stubs.ts';
import { MIGRATIONS } from './migrations.ts';
import { type NewSink, type Sink, Sinks } from '../kit/sinks.ts';
import type { AuditRpc, SearchCall, SearchReply } from './protocol.ts';
import { matches } from './search.ts';
import { AuditStore } from './store.ts';

/** Rows read at a time while searching, and at most for one answer. */
const PAGE_ROWS = 500;
const MAX_ROWS = 20_000;

/** Records wait this long for company on their way to a sink. */
const SEND_AFTER_MS = 1_000;

const DAY_MS = 86_400_000;
const TIDY_EVERY_MS = 6 * 3_600_000;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The audit log of one tenant, named after it. Only ever adds; see core/audit/SPEC.md. */
export class Audit extends DurableObject<ObjectBindings> implements AuditRpc {
  readonly #store: AuditStore;
  readonly #sinks: Sinks;
  /** When the alarm is set for, as far as known. */
  #alarmAt: number | undefined;
  #tidiedAt = 0;

  constructor(ctx: DurableObjectState, env: ObjectBindings) {
    super(ctx, env);
    this.#store = new AuditStore(ctx.storage.sql);
    if (isMigrated(ctx.storage.sql)) migrate(ctx.storage, MIGRATIONS);
    const tenant = ctx.id.name ?? '';
    this.#sinks = new Sinks({
      tenant,
      sql: ctx.storage.sql,
      exports: () => this.ctx.exports,
      batch: (after, limit) => {
        const records = this.#store.after(after, limit);
        return records.length > 0 ? auditEvent(tenant, records) : undefined;
      },
    });
  }

  erase(): Promise<Erased> {
    return erase(this.ctx.storage);
  }

  async append(notes: readonly AuditNote[]): Promise<Head> {
    // A log that is not there yet begins with its tenant; one that was deleted must not begin again with a late note.
    if (!isMigrated(this.ctx.storage.sql) && !(await this.#hasTenant())) return START;
    this.#begin();
    this.#tidySoon();
    const end = this.ctx.storage.transactionSync(() => {
      let head = this.#store.head();
      for (const note of notes) {
        const record = link(head, note, sha256);
        this.#store.add(record);
        head = { seq: record.seq, hash: record.hash };
      }
      return head;
    });
    await this.#arm(end.seq);
    return end;
  }

  async sinks(): Promise<Sink[]> {
    this.#begin();
    return this.#sinks.list();
  }

  async addSink(sink: NewSink): Promise<void> {
    this.#begin();
    this.#sinks.add(sink);
    await this.#arm(this.#store.head().seq);
  }

  async removeSink(id: string): Promise<boolean> {
    this.#begin();
    return this.#sinks.remove(id);
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = undefined;
    if (!isMigrated(this.ctx.storage.sql)) return;
    await this.#sinks.send();
    await this.#arm(this.#store.head().seq);
  }

  /** Sends soon what came now, or later what was not taken. */
  async #arm(head: number): Promise<void> {
    const dueAt = this.#sinks.dueAt(head);
    if (dueAt === undefined) return;
    const at = Math.max(dueAt, Date.now() + SEND_AFTER_MS);
    if (this.#alarmAt !== undefined && this.#alarmAt <= at && this.#alarmAt > Date.now()) return;
    this.#alarmAt = at;
    await this.ctx.storage.setAlarm(at);
  }

  async search(call: SearchCall): Promise<SearchReply> {
    this.#begin();
    const records: AuditRecord[] = [];
    let before = call.before ?? Number.MAX_SAFE_INTEGER;
    for (let read = 0; read < MAX_ROWS; read += PAGE_ROWS) {
      const rows = this.#store.below(before, PAGE_ROWS);
      for (const record of rows) {
        before = record.seq;
        if (!matches(record, call)) continue;
        records.push(record);
        if (records.length >= call.limit) return { records, next: before };
      }
      const oldest = rows.at(-1);
      if (rows.length < PAGE_ROWS || (oldest && oldest.at < (call.sinceMs ?? 0))) return { records };
    }
    return { records, next: before };
  }

  async page(after: number, limit: number): Promise<AuditRecord[]> {
    this.#begin();
    return this.#store.after(after, limit);
  }

  async ends(): Promise<{ head: Head; anchor: Head }> {
    this.#begin();
    return { head: this.#store.head(), anchor: this.#store.anchor() };
  }

  async dropBefore(atMs: number): Promise<number> {
    this.#begin();
    return this.ctx.storage.transactionSync(() => {
      const upTo = this.#store.lastBefore(atMs);
      const [last] = this.#store.below(upTo + 1, 1);
      return last ? this.#store.dropUpTo(last) : 0;
    });
  }

  /** A few times a day, while the log is in use: what the tenant no longer keeps goes. */
  #tidySoon(): void {
    const now = Date.now();
    if (now - this.#tidiedAt < TIDY_EVERY_MS) return;
    this.#tidiedAt = now;
    this.ctx.waitUntil(
      tenantOf(this.env, this.ctx.id.name ?? '')
        .profile()
        .then((profile) => (profile.ok ? this.dropBefore(now - profile.value.auditDays * DAY_MS) : 0))
        .catch((error: unknown) =>
          console.error(JSON.stringify({ level: 'error', audit: 'tidy', error: String(error) })),
        ),
    );
  }

  async #hasTenant(): Promise<boolean> {
    return (await tenantOf(this.env, this.ctx.id.name ?? '').profile()).ok;
  }

  /** Tables are made at the first call that belongs here. */
  #begin(): void {
    if (this.ctx.id.name === undefined) throw new Error('An audit log must be reached by its name, through stubs.ts.');
    migrate(this.ctx.storage, MIGRATIONS);
  }
}
