import { apiFor, fetchWorker, testEnv } from '../kit/testing.ts';
import type { Caller, Reply } from '../kit/testing.ts';
import { d1Domains } from './domain-store.ts';
import { bearerOf, sessionKey } from '../identity/session-token.ts';
import { newId } from '../kit/context.ts';

export const ORIGIN = 'https://millrace.test';

/** An organisation that holds a domain, as if it had shown so. */
export async function organization(tenant: string, domain = `${tenant}.example`): Promise<Caller> {
  const api = await apiFor(tenant);
  await api('POST /v1/sso-domains', { body: { domain } });
  await d1Domains(testEnv.DB, tenant).verified(domain, { method: 'operator', nowMs: Date.now() });
  return api;
}

/** A person who signed up by other means; `role`: a member of these organisations. */
export async function person(
  email: string,
  { verified = true, roles = {} as Record<string, string> } = {},
): Promise<string> {
  const id = newId('usr');
  const now = new Date().toISOString();
  await testEnv.DB.prepare(
    'INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?1, ?2, ?2, ?3, ?4, ?4)',
  )
    .bind(id, email, verified ? 1 : 0, now)
    .run();
  for (const [tenant, role] of Object.entries(roles)) {
    await testEnv.DB.prepare('INSERT INTO members (tenant_id, user_id, role, joined_at) VALUES (?, ?, ?, 0)')
      .bind(tenant, id, role)
      .run();
  }
  return id;
}

/** A session as workers/identity begins them; gives the bearer. */
export async function passwordSession(user: string): Promise<string> {
  const token = newId('x').slice(2) + newId('x').slice(2);
  await testEnv.DB.prepare(
    "INSERT INTO sessions (id, user_id, token, expires_at, created_at, updated_at) VALUES (?1, ?2, ?3, '2099-01-01T00:00:00.000Z', ?4, ?4)",
  )
    .bind(newId('ses'), user, token, new Date().toISOString())
    .run();
  const key = await sessionKey(testEnv.DEPLOYMENT_KEY ?? '');
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(token));
  return bearerOf(`${token}.${btoa(String.fromCharCode(...new Uint8Array(signature)))}`);
}

export async function roleOfAddress(tenant: string, email: string): Promise<string | undefined> {
  const row = await testEnv.DB.prepare(
    'SELECT m.role FROM members m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = ? AND u.email = ?',
  )
    .bind(tenant, email)
    .first<{ role: string }>();
  return row?.role;
}

/** A browser as far as cookies go. */
export class Browser {
  readonly cookies = new Map<string, string>();

  async go(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetchWorker(path, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  get isSignedIn(): boolean {
    return this.cookies.has('__Host-millrace');
  }
}

export type { Caller, Reply };
