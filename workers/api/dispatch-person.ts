import { outcomeOf } from '../../core/audit/entry.ts';
import type { AuditNote } from '../../core/audit/entry.ts';
import { canonical } from '../../core/data/canonical.ts';
import { auditOf } from '../../durable-objects/stubs.ts';
import { jobContext, newId } from '../kit/context.ts';
import type { Touched } from '../kit/context.ts';
import { sha256Hex } from '../kit/digest.ts';
import type { ErasedPersonHandler, PersonContext } from '../kit/person.ts';
import { common, Problem } from '../kit/problem.ts';
import { tellOrganizations } from './auth.ts';
import { callOf } from './call.ts';
import type { Arrival, Endpoint } from './dispatch.ts';
import { authenticatePerson, hasSession } from './session.ts';
import type { Person } from './session.ts';

function ssoOf({ organization, provider = '', expiresAtMs = 0 }: Person): PersonContext['person']['sso'] {
  return organization === undefined ? null : { organization, provider, expiresAt: expiresAtMs };
}

/** One request of a person who names no organisation. */
export async function performForPerson(endpoint: Endpoint, arrival: Arrival): Promise<unknown> {
  const { request, env, requestId } = arrival;
  if (!hasSession(request)) {
    const hint = 'Sign in, and send the cookie or `Authorization: Bearer ms_…`.';
    throw request.headers.has('authorization')
      ? common('person-needed', { hint })
      : common('session-invalid', { hint });
  }
  const person = await authenticatePerson(request, env);
  let concerned: { tenant: string; facts: Touched } | undefined;
  const context: PersonContext = {
    person: {
      id: person.user,
      email: person.email,
      name: person.name,
      session: person.session,
      sso: ssoOf(person),
    },
    requestId,
    origin: new URL(request.url).origin,
    headers: request.headers,
    env,
    now: () => Date.now(),
    newId,
    concerns: (tenant, facts) => (concerned = { tenant, facts }),
    inTenant: (tenant) => jobContext(env, tenant),
  };
  const call = await callOf(endpoint.route, arrival);
  // SAFETY: a contract whose actor is a person was joined with such handlers (workers/kit/person.ts).
  const handle = endpoint.handle as unknown as ErasedPersonHandler;
  try {
    const result = await handle(call, context);
    await record(endpoint, arrival, { person, concerned, status: endpoint.route.status });
    return result;
  } catch (error) {
    const status = error instanceof Problem ? error.status : 500;
    if (concerned) await record(endpoint, arrival, { person, concerned, status });
    throw error;
  }
}

interface Happened {
  person: Person;
  concerned: { tenant: string; facts: Touched } | undefined;
  status: number;
}

/** A change of one organisation is in its log; one of the person alone in those of all they belong to. */
async function record(endpoint: Endpoint, { env, requestId }: Arrival, { person, concerned, status }: Happened) {
  if (endpoint.route.scope.endsWith(':read')) return;
  const note: AuditNote = {
    at: Date.now(),
    actor: { kind: 'member', id: person.user },
    action: endpoint.action,
    status,
    outcome: outcomeOf(status),
    requestId,
  };
  if (!concerned) return tellOrganizations(env, person.user, note);
  const { target, before, after } = concerned.facts;
  if (target !== undefined) note.target = target;
  if (before !== undefined) note.before = await sha256Hex(canonical(before));
  if (after !== undefined) note.after = await sha256Hex(canonical(after));
  await auditOf(env, concerned.tenant).append([note]);
}
