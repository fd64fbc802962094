import { bearerOf, cookieName, sessionKey, SSO_TOKEN_CHARS } from '../identity/session-token.ts';
import { newId } from '../kit/context.ts';
import { sha256Hex } from '../kit/digest.ts';

const SSO_SESSION_MS = 12 * 3_600_000;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export interface BegunSession {
  id: string;
  /** `Authorization: Bearer …`. */
  bearer: string;
  /** Ready for Set-Cookie. */
  cookie: string;
  expiresAt: number;
}

/** Begins a session in one organisation (SSO9). */
export async function beginSession(
  { DB: db, DEPLOYMENT_KEY: deploymentKey = '' }: { DB: D1Database; DEPLOYMENT_KEY?: string },
  { tenant, connection, user, isSecure }: { tenant: string; connection: string; user: string; isSecure: boolean },
): Promise<BegunSession> {
  const [id, token, nowMs] = [newId('ses'), newToken(), Date.now()];
  const expiresAt = nowMs + SSO_SESSION_MS;
  await db
    .prepare(
      'INSERT INTO sso_sessions (tenant_id, id, connection_id, user_id, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .bind(tenant, id, connection, user, await sha256Hex(token), nowMs, expiresAt)
    .run();
  const signature = await crypto.subtle.sign('HMAC', await sessionKey(deploymentKey), new TextEncoder().encode(token));
  const signed = `${token}.${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
  const flags = `Path=/; Max-Age=${SSO_SESSION_MS / 1_000}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return {
    id,
    bearer: bearerOf(signed),
    cookie: `${cookieName(isSecure)}=${encodeURIComponent(signed)}; ${flags}`,
    expiresAt,
  };
}

function newToken(): string {
  let token = '';
  while (token.length < SSO_TOKEN_CHARS) {
    // The last bytes of 256 are not used: 248 is the largest multiple of 62.
    for (const byte of crypto.getRandomValues(new Uint8Array(SSO_TOKEN_CHARS))) {
      if (byte < 248 && token.length < SSO_TOKEN_CHARS) token += ALPHABET[byte % 62] ?? '';
    }
  }
  return token;
}

interface SsoPerson {
  user: string;
  email: string;
  name: string;
  session: string;
  organization: string;
  provider: string;
  expiresAtMs: number;
}

/** Whose session this token is; only while its connection is enabled. */
export async function ssoPerson(db: D1Database, token: string, nowMs: number): Promise<SsoPerson | null> {
  const select =
    'SELECT s.id AS session, s.tenant_id AS organization, s.expires_at AS expiresAtMs, c.name AS provider, u.id AS user, u.email, u.name FROM sso_sessions s ' +
    'JOIN users u ON u.id = s.user_id JOIN sso_connections c ON c.tenant_id = s.tenant_id AND c.id = s.connection_id ' +
    'WHERE s.token_hash = ?1 AND s.expires_at > ?2 AND c.enabled = 1';
  return db
    .prepare(select)
    .bind(await sha256Hex(token), nowMs)
    .first<SsoPerson>();
}

export async function endSession(db: D1Database, token: string): Promise<string | undefined> {
  const row = await db
    .prepare('DELETE FROM sso_sessions WHERE token_hash = ? RETURNING user_id AS user')
    .bind(await sha256Hex(token))
    .first<{ user: string }>();
  return row?.user;
}
