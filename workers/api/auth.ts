import { waitUntil } from 'cloudflare:workers';
import { outcomeOf } from '../../core/audit/entry.ts';
import type { AuditNote } from '../../core/audit/entry.ts';
import { auditOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { readBytes } from '../kit/body.ts';
import { common } from '../kit/problem.ts';
import { failureResponse, newRequestId } from '../kit/response.ts';
import { forgetPerson } from './session.ts';

/** Told by the identity Worker (workers/identity/serve.ts), and nobody else's business. */
const USER = 'x-millrace-user';
const ACTION = 'x-millrace-action';
/** Forms of people; a passkey's answer is the largest. */
const MAX_BODY_BYTES = 64 * 1024;
/** A person in more organisations is told of in this many. */
const MAX_TOLD = 100;

/** `/auth/*` is answered by the identity Worker; what it changed is forgotten here and told to the audit logs. */
export async function passAuth(request: Request, env: Env): Promise<Response> {
  if (!env.IDENTITY) {
    const hint = 'This deployment runs without its identity Worker; API keys work.';
    return failureResponse(common('unavailable', { hint }), newRequestId());
  }
  let body: Uint8Array | undefined;
  try {
    // Whole before it goes on: what refuses a request does not read it.
    body = request.body ? await readBytes(request, MAX_BODY_BYTES) : undefined;
  } catch (error) {
    return failureResponse(error, newRequestId());
  }
  const { method } = request;
  const sent = new Headers(request.headers);
  // A word between us and a process of its own (scripts/serve/door.ts): a caller's must not stop everybody else's.
  sent.delete('x-lane');
  const identity = env.IDENTITY;
  const isRead = method === 'GET' || method === 'HEAD';
  const ask = (): Promise<Response> =>
    identity.fetch(request.url, {
      method,
      headers: sent,
      redirect: 'manual',
      ...(body && !isRead ? { body } : {}),
    });
  // Its process is given back while nobody signs in, and who asks just then is cut off. What changes nothing is asked again;
  // with a query it may be a link that works once.
  const first = isRead && new URL(request.url).search === '' ? ask().catch(ask) : ask();
  const answer = await first.catch((error: unknown) => {
    console.error(JSON.stringify({ level: 'error', identity: String(error).slice(0, 500) }));
    const hint = 'Try again in a few seconds.';
    return failureResponse(common('unavailable', { hint, headers: { 'retry-after': '5' } }), newRequestId());
  });
  const [user, action] = [answer.headers.get(USER), answer.headers.get(ACTION)];
  const headers = new Headers(answer.headers);
  headers.delete(USER);
  headers.delete(ACTION);
  if (user !== null) forgetPerson(user);
  if (user !== null && action !== null) {
    const { status } = answer;
    const requestId = answer.headers.get('x-request-id') ?? '';
    const note: AuditNote = {
      at: Date.now(),
      actor: { kind: 'member', id: user },
      action,
      status,
      outcome: outcomeOf(status),
      requestId,
    };
    waitUntil(tellOrganizations(env, user, note));
  }
  return new Response(answer.body, { status: answer.status, headers });
}

/** A person's sign-in concerns every organisation they belong to. */
export async function tellOrganizations(env: Env, user: string, note: AuditNote): Promise<void> {
  const select = 'SELECT tenant_id AS tenant FROM members WHERE user_id = ? LIMIT ?';
  const { results } = await env.DB.prepare(select).bind(user, MAX_TOLD).all<{ tenant: string }>();
  const told = await Promise.allSettled(results.map(({ tenant }) => auditOf(env, tenant).append([note])));
  for (const each of told) {
    if (each.status === 'rejected') {
      console.error(JSON.stringify({ level: 'error', unrecorded: note, error: String(each.reason) }));
    }
  }
}
