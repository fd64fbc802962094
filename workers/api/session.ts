import type { Env } from '../env.ts';
import { isSecure, refuseForeign } from '../identity/origin.ts';
import { isSsoToken, openSigned, sessionKey, shownSession } from '../identity/session-token.ts';
import { BoundedCache } from '../kit/bounded-cache.ts';
import { sha256Hex } from '../kit/digest.ts';
import { common } from '../kit/problem.ts';
import { ssoPerson } from '../sso/sessions.ts';
import { isTenantId } from '../../durable-objects/stubs.ts';

/** A person who is signed in, in the organisation the request names. */
interface SessionMember {
  tenant: string;
  /** Id of the user, the same in every organisation. */
  user: string;
  /** A built-in role or the id of a custom one; its scopes are looked up by `authenticate`. */
  role: string;
  /** Id of the session, never its token. */
  session: string;
}

/** A person who is signed in, wherever they belong. */
export interface Person {
  user: string;
  email: string;
  name: string;
  session: string;
  /** Of a session begun by SSO: the one organisation it is good in (workers/sso/SPEC.md, SSO9). */
  organization?: string;
  /** What that organisation calls the identity provider it was begun at. */
  provider?: string;
  /** When the session ends. */
  expiresAtMs?: number;
}

const COOKIE = /(?:^|;\s*)(?:__Host-)?millrace=/;
const ORGANIZATION = 'x-millrace-organization';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What another isolate revoked or changed is seen within this time; what this one did, at once. */
const KNOWN_FOR_MS = 30_000;
/** Also for refusals, which are looked up again sooner: somebody may just have been invited. */
const UNKNOWN_FOR_MS = 2_000;

/** Whether the request shows a browser's session: a cookie of ours, or `Bearer ms_…`. */
export function hasSession(request: Request): boolean {
  const header = request.headers.get('authorization');
  return header === null ? COOKIE.test(request.headers.get('cookie') ?? '') : /^Bearer +ms_/i.test(header);
}

interface KnownPerson extends Person {
  atMs: number;
}
interface KnownRole {
  role: string | null;
  /** Whether only a session of SSO opens the organisation for them (workers/sso/SPEC.md, SSO13). */
  needsSso: boolean;
  atMs: number;
}

// Per isolate: people by the hash of what they showed, roles by tenant and user, and who has to be looked up anew.
const people = new BoundedCache<KnownPerson | null>(5_000);
const roles = new BoundedCache<KnownRole>(10_000);
const forgotten = new BoundedCache<number>(5_000);

/** Their sessions, names or roles changed: nothing that is remembered of them counts any more. */
export function forgetPerson(user: string): void {
  const nowMs = Date.now();
  forgotten.set(user, nowMs, nowMs + KNOWN_FOR_MS + 1_000);
}

const isStale = (user: string, atMs: number, nowMs: number): boolean => (forgotten.get(user, nowMs) ?? -1) >= atMs;

/**
 * @throws Problem `session-invalid` (401), `organization-missing` (400) when no organisation is named,
 *   `not-found` (404) when the person is no member of it, `sso-required` (403) when they must come by SSO,
 *   `origin-refused` (403) for another site's change.
 */
export async function authenticateSession(request: Request, env: Env): Promise<SessionMember> {
  const person = await whoIs(request, env);
  const tenant = request.headers.get(ORGANIZATION);
  if (tenant === null || tenant === '') {
    throw common('organization-missing', {
      hint: 'Send the header X-Millrace-Organization; GET /v1/account lists the organisations you belong to.',
    });
  }
  const elsewhere = person.organization !== undefined && person.organization !== tenant;
  const { role, needsSso } = isTenantId(tenant) && !elsewhere ? await roleOf(env, tenant, person.user) : NO_ROLE;
  // The same for an organisation that does not exist and for one that is not theirs.
  if (role === null) throw common('not-found', { detail: 'You belong to no organisation of that id.' });
  if (needsSso && person.organization === undefined) {
    throw common('sso-required', { hint: 'Begin at its identity provider: GET /sso/find?email=… says where.' });
  }
  return { tenant, user: person.user, role, session: person.session };
}

/**
 * For what concerns the person and no organisation.
 * @throws Problem `session-invalid` (401), `origin-refused` (403), `person-needed` (403) for a change by a session of SSO.
 */
export async function authenticatePerson(request: Request, env: Env): Promise<Person> {
  const person = await whoIs(request, env);
  if (person.organization === undefined || SAFE_METHODS.has(request.method)) return person;
  throw common('person-needed', {
    detail: 'A session begun at an identity provider cannot change the account itself.',
    hint: 'Sign in with a password, a passkey or a link for that.',
  });
}

async function whoIs(request: Request, env: Env): Promise<KnownPerson> {
  const invalid = () => common('session-invalid', { hint: 'Sign in again, or send an API key.' });
  const shown = shownSession(request, isSecure(request, env));
  if (!shown || !env.DEPLOYMENT_KEY) throw invalid();
  if (shown.by === 'cookie' && !SAFE_METHODS.has(request.method)) refuseForeign(request, env);
  const nowMs = Date.now();
  const hash = await sha256Hex(shown.signed);
  let known = people.get(hash, nowMs);
  if (known === undefined || (known && isStale(known.user, known.atMs, nowMs))) {
    const token = await openSigned(shown.signed, await sessionKey(env.DEPLOYMENT_KEY));
    const found = token === undefined ? null : await findPerson(env.DB, token, nowMs);
    known = found && { ...found, atMs: nowMs };
    people.set(hash, known, Math.min(nowMs + (known ? KNOWN_FOR_MS : UNKNOWN_FOR_MS), found?.expiresAtMs ?? Infinity));
  }
  if (!known) throw invalid();
  return known;
}

async function findPerson(db: D1Database, token: string, nowMs: number) {
  if (isSsoToken(token)) return ssoPerson(db, token, nowMs);
  const select =
    'SELECT s.id AS session, s.expires_at AS expiresAt, u.id AS user, u.email, u.name FROM sessions s ' +
    'JOIN users u ON u.id = s.user_id WHERE s.token = ?1 AND s.expires_at > ?2';
  const row = await db
    .prepare(select)
    .bind(token, new Date(nowMs).toISOString())
    .first<Person & { expiresAt: string }>();
  return row && { ...row, expiresAtMs: Date.parse(row.expiresAt) };
}

const NO_ROLE = { role: null, needsSso: false };

/** What somebody is in an organisation; `role` null: no member. */
export async function roleOf(env: Env, tenant: string, user: string): Promise<Pick<KnownRole, 'role' | 'needsSso'>> {
  const nowMs = Date.now();
  const key = `${tenant}/${user}`;
  const known = roles.get(key, nowMs);
  if (known && !isStale(user, known.atMs, nowMs)) return known;
  // Owners are let in otherwise too: an identity provider that is down or set up wrongly must not lock everybody out.
  const select =
    "SELECT m.role, m.role <> 'owner' AND EXISTS (SELECT 1 FROM sso_domains d WHERE d.tenant_id = m.tenant_id AND d.enforced = 1 " +
    "AND d.verified_at IS NOT NULL AND d.domain = substr(u.email, instr(u.email, '@') + 1)) AS needsSso " +
    'FROM members m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = ? AND m.user_id = ?';
  const row = await env.DB.prepare(select).bind(tenant, user).first<{ role: string; needsSso: number }>();
  const found = row ? { role: row.role, needsSso: row.needsSso === 1 } : NO_ROLE;
  roles.set(key, { ...found, atMs: nowMs }, nowMs + (row ? KNOWN_FOR_MS : UNKNOWN_FOR_MS));
  return found;
}
