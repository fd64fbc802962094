import { type AuditNote, outcomeOf } from '../../core/audit/entry.ts';
import { auditOf } from '../../durable-objects/stubs.ts';
import { recordLater } from '../api/read-trail.ts';
import { rememberLanguage } from '../mail/reader.ts';
import type { Arrival } from './arrival.ts';
import { join } from './join.ts';
import type { Vouched } from './join.ts';
import { beginSession } from './sessions.ts';
import type { BegunSession } from './sessions.ts';

/** Lets somebody in who was vouched for; the audit log says so before the session is given. */
export async function letIn(
  { request, env, tenant, row, isSecure }: Arrival,
  vouched: Vouched,
  requestId: string,
): Promise<BegunSession> {
  const person = await join(env, { tenant, row, vouched });
  await rememberLanguage(env.DB, person.id, request);
  const session = await beginSession(env, { tenant, connection: row.id, user: person.id, isSecure });
  await auditOf(env, tenant).append([note(row.id, { kind: 'member', id: person.id }, 200, requestId)]);
  return session;
}

/** A sign-in that was refused: written soon, with others, so that tries do not cost a write each. */
export function noteRefusal(
  { env, tenant, row }: Arrival,
  said: { status: number; code: string },
  requestId: string,
): void {
  recordLater(env, tenant, note(row.id, { kind: 'sso', id: said.code }, said.status, requestId));
}

const note = (target: string, actor: AuditNote['actor'], status: number, requestId: string): AuditNote => ({
  at: Date.now(),
  actor,
  action: 'sso.sign-in',
  target,
  status,
  outcome: outcomeOf(status),
  requestId,
});
