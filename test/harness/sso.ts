import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../core/data/item.ts';
import type { Server } from '../served/server.ts';

/** The operator says that a domain is the served organisation's. */
export async function holdDomain(server: Server, domain: string, tenant = server.ready.tenant): Promise<void> {
  const key = readFileSync(join(server.dataDir, 'deployment.key'), 'utf8').trim().split(/\s+/)[0] ?? '';
  const response = await fetch(`${server.ready.url}/internal/sso-domains`, {
    method: 'POST',
    headers: { 'x-deployment-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ tenant, domain }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}

export const connect = async (server: Server, body: JsonObject): Promise<string> =>
  String((await server.ok('POST', '/v1/sso-connections', body))['id']);

/** A browser at the served product: keeps cookies, follows nothing. */
export class SsoBrowser {
  readonly cookies = new Map<string, string>();
  readonly #server: Server;
  constructor(server: Server) {
    this.#server = server;
  }

  async go(address: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) {
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const url = address.startsWith('/') ? this.#server.ready.url + address : address;
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  post(address: string, form: Record<string, string>): Promise<Response> {
    return this.go(address, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  /** Whom the API takes it for, by role; undefined: nobody. */
  async role(tenant = this.#server.ready.tenant): Promise<string | undefined> {
    const response = await this.go('/v1/access', { headers: { 'x-millrace-organization': tenant } });
    return response.ok ? String(((await response.json()) as { role: unknown }).role) : undefined;
  }

  get isSignedIn(): boolean {
    return this.cookies.has('millrace');
  }
}
