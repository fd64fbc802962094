import { scopesOfRole } from '../../core/access/roles.ts';
import { tenantOf } from '../../durable-objects/stubs.ts';
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
const verified = new BoundedCache<Actor | null>(5_000);

const HINT = 'Send `Authorization: Bearer mr_…`. `npm start` prints a key; POST /v1/keys makes more.';
const CHALLENGE = { 'www-authenticate': 'Bearer realm="millrace"' };

/** Who sends this request: an API key's or service account's holder, or a person with a session. */
export async function authenticate(request: Request, env: Env): Promise<Actor> {
  if (!hasSession(request)) return authenticateKey(request, env);
  const { tenant, user, role, session } = await authenticateSession(request, env);
  return { kind: 'member', id: user, tenant, scopes: scopesOfRole(role), role, session };
}

async function authenticateKey(request: Request, env: Env): Promise<Actor> {
  const header = request.headers.get('authorization');
  if (!header) throw common('key-missing', { hint: HINT, headers: CHALLENGE });
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
  const tenant = tenantOfKey(key);
  const invalid = () => common('key-invalid', { hint: HINT, headers: CHALLENGE });
  if (tenant === undefined) throw invalid();
  const hash = await sha256Hex(key);
  const nowMs = Date.now();
  let actor = verified.get(hash, nowMs);
  if (actor === undefined) {
    const found = await tenantOf(env, tenant).verifyKey(hash);
    actor = found && { kind: 'key', tenant, id: found.id, scopes: found.scopes };
    const untilMs = nowMs + (actor ? KNOWN_FOR_MS : UNKNOWN_FOR_MS);
    verified.set(hash, actor, Math.min(untilMs, found?.expiresAt ?? Infinity));
  }
  if (!actor) throw invalid();
  return actor;
}
