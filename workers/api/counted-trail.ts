import { waitUntil } from 'cloudflare:workers';
import { type AuditNote, outcomeOf } from '../../core/audit/entry.ts';
import { auditOf } from '../../durable-objects/stubs.ts';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';

/** What happens thousands of times a second is one entry a second, with how often. */
const GATHER_MS = 1_000;
/** Different things of one tenant in that time; what is beyond counts without its target. */
const MAX_KINDS = 500;

export interface Happening {
  action: string;
  actor: { kind: string; id: string };
  target: string;
  status: number;
  /** Of the first of them. */
  requestId: string;
}

// Per isolate, by tenant: only what has not been written yet.
const waiting = new Map<string, Map<string, AuditNote & { count: number }>>();

/** Notes webhook calls and uses of credentials (AUD8): soon, and without keeping anybody waiting. */
export function recordCounted(env: Pick<ObjectBindings, 'AUDIT'>, tenant: string, happening: Happening): void {
  let kinds = waiting.get(tenant);
  if (!kinds) {
    kinds = new Map();
    waiting.set(tenant, kinds);
    waitUntil(write(env, tenant, kinds));
  }
  const { action, actor, status, requestId } = happening;
  const target = kinds.size < MAX_KINDS ? happening.target : '';
  const key = `${action} ${actor.kind} ${actor.id} ${target} ${status}`;
  const known = kinds.get(key);
  if (known) known.count++;
  else {
    const outcome = outcomeOf(status);
    kinds.set(key, { at: Date.now(), actor, action, ...(target && { target }), status, outcome, requestId, count: 1 });
  }
}

async function write(env: Pick<ObjectBindings, 'AUDIT'>, tenant: string, kinds: ReadonlyMap<string, AuditNote>) {
  await new Promise((done) => setTimeout(done, GATHER_MS));
  waiting.delete(tenant);
  try {
    await auditOf(env, tenant).append([...kinds.values()]);
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', tenant, unrecorded: kinds.size, error: String(error) }));
  }
}
