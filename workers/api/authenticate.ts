import { intersect } from '../../core/access/scope.ts';
import type { KnownKey } from '../../durable-objects/tenant/protocol.ts';
import { tenantOf } from '../../durable-objects/stubs.ts';
import { roleScopes, serviceAccount } from '../access/policy.ts';
import type { Env } from '../env.ts';
import { tenantOfKey } from '../kit/api-key.ts';
import { BoundedCache } from '../kit/bounded-cache.ts';
import { sha256Hex } from '../kit/digest.ts';
import type { Actor } from '../kit/context.ts';
import { common } from '../kit/problem.ts';
import { authenticateSession, hasSession, roleOf } from './session.ts';

/** A revoked key keeps working at most this long in an isolate that has seen it. */
const KNOWN_FOR_MS = 30_000;
/** Short, so that a key that was just made works almost at once. */
const UNKNOWN_FOR_MS = 5_000;

// Per isolate, by the key's hash: the secret itself is never kept.
const verified = new BoundedCache<KnownKey | null>(5_000);

const HINT = 'Send `Authorization: Bearer mr_…`. `npm start` prints a key; POST /v1/keys makes more.';
const CHALLENGE = { 'www-authenticate': 'Bearer realm="millrace"' };

/** Who sends this request: an API key's or service account's holder, or a person with a session. */
export async function authenticate(request: Request, env: Env): Promise<Actor> {
  if (!hasSession(request)) return authenticateKey(request, env);
  const { tenant, user, role, session } = await authenticateSession(request, env);
  return { kind: 'member', id: user, tenant, scopes: await roleScopes(env, tenant, role), role, session };
}

/** Who acts with a key: never more than both it and whoever it belongs to may do now (ACC9). Null: they are gone. */
async function holderOf(env: Env, tenant: string, { id, scopes, owner }: KnownKey): Promise<Actor | null> {
  if (owner === undefined) return { kind: 'key', tenant, id, scopes };
  // Looked up each time, in caches of their own: who was disabled or left stops at once.
  const [kind, whose] = owner.split(':', 2) as [string, string];
  const isService = kind === 'service';
  const role = isService ? await roleOfService(env, tenant, whose) : (await roleOf(env, tenant, whose)).role;
  if (role === null) return null;
  const both = intersect(await roleScopes(env, tenant, role), scopes);
  return isService
    ? { kind, id: whose, tenant, scopes: both, role, ceiling: scopes }
    : { kind: 'key', id, tenant, scopes: both, owner };
}

async function roleOfService(env: Env, tenant: string, id: string): Promise<string | null> {
  const account = await serviceAccount(env, tenant, id);
  return account && account.disabledAt === null ? account.role : null;
}

async function authenticateKey(request: Request, env: Env): Promise<Actor> {
  const header = request.headers.get('authorization');
  if (!header) throw common('key-missing', { hint: HINT, headers: CHALLENGE });
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
  const tenant = tenantOfKey(key);
  const invalid = () => common('key-invalid', { hint: HINT, headers: CHALLENGE });
  if (tenant === undefined) throw invalid();
  // Naming one organisation with a key of another is a mistake or an attempt; either way there is nothing there.
  const named = request.headers.get('x-millrace-organization');
  if (named !== null && named !== tenant) {
    throw common('not-found', { detail: 'This key belongs to another organisation than the one named.' });
  }
  const hash = await sha256Hex(key);
  const nowMs = Date.now();
  let found = verified.get(hash, nowMs);
  if (found === undefined) {
    found = await tenantOf(env, tenant).verifyKey(hash);
    const untilMs = nowMs + (found ? KNOWN_FOR_MS : UNKNOWN_FOR_MS);
    verified.set(hash, found, Math.min(untilMs, found?.expiresAt ?? Infinity));
  }
  if (!found) throw invalid();
  const actor = await holderOf(env, tenant, found);
  if (!actor) throw invalid();
  return actor;
}
