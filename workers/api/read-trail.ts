import { waitUntil } from 'cloudflare:workers';
import type { AuditNote } from '../../core/audit/entry.ts';
import { auditOf } from '../../durable-objects/stubs.ts';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';

/** Reads wait this long for company: one write for many. */
const GATHER_MS = 250;
/** More than this and the oldest are written at once. */
const MAX_WAITING = 500;

// Per isolate, by tenant: only what has not been written yet.
const waiting = new Map<string, AuditNote[]>();

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Writes a note soon, together with others; the request does not wait for it. */
export function recordLater(env: ObjectBindings, tenant: string, note: AuditNote): void {
  const notes = waiting.get(tenant);
  if (notes && notes.length < MAX_WAITING) {
    notes.push(note);
    return;
  }
  const gathered = [note];
  waiting.set(tenant, gathered);
  waitUntil(
    (async () => {
      await sleep(GATHER_MS);
      if (waiting.get(tenant) === gathered) waiting.delete(tenant);
      try {
        await auditOf(env, tenant).append(gathered);
      } catch (error) {
        console.error(JSON.stringify({ level: 'error', tenant, unrecorded: gathered.length, error: String(error) }));
      }
    })(),
  );
}
