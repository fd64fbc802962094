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
import { authenticateSession, hasSession } from './session.ts';

/** A revoked key keeps working at most this long in an isolate that has seen it. */
const KNOWN_FOR_MS = 30_000;
/** Short, so that a key that was just made works almost at once. */
const UNKNOWN_FOR_MS = 5_000;

// Per isolate, by the key's hash: the secret itself is never kept.
const verified = new BoundedCache<KnownKey | null>(5_000);

/** How the owner of a service account's key begins. */
const SERVICE = 'service:';

const HINT = 'Send `Authorization: Bearer mr_…`. `npm start` prints a key; POST /v1/keys makes more.';
const CHALLENGE = { 'www-authenticate': 'Bearer realm="millrace"' };

/** Who sends this request: an API key's or service account's holder, or a person with a session. */
export async function authenticate(request: Request, env: Env): Promise<Actor> {
  if (!hasSession(request)) return authenticateKey(request, env);
  const { tenant, user, role, session } = await authenticateSession(request, env);
  return { kind: 'member', id: user, tenant, scopes: await roleScopes(env, tenant, role), role, session };
}

/** The holder of a service account's key: what its role and the key both allow (ACC9). */
async function serviceOf(env: Env, tenant: string, found: KnownKey): Promise<Actor | null> {
  const id = found.owner?.slice(SERVICE.length) ?? '';
  const account = await serviceAccount(env, tenant, id);
  if (!account || account.disabledAt !== null) return null;
  const { role } = account;
  const ceiling = found.scopes;
  return {
    kind: 'service',
    id,
    tenant,
    scopes: intersect(await roleScopes(env, tenant, role), ceiling),
    role,
    ceiling,
  };
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
  if (!found.owner?.startsWith(SERVICE)) return { kind: 'key', tenant, id: found.id, scopes: found.scopes };
  // The account is looked up each time, in a cache of its own: a disabled one stops at once.
  const actor = await serviceOf(env, tenant, found);
  if (!actor) throw invalid();
  return actor;
}
