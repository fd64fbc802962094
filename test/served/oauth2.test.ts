import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import { OAuthProvider } from '../harness/oauth-provider.ts';
import { chain, manual, node } from './documents.ts';
import { itemsOf, Server } from './server.ts';

/** Signing in to a service, on the product as it is served, against a provider that checks everything. */
let server: Server;
let provider: OAuthProvider;

beforeAll(async () => {
  [server, provider] = await Promise.all([Server.start(), OAuthProvider.start()]);
});
afterAll(async () => {
  provider.stop();
  await server.stop();
});

async function credential(more: JsonObject = {}): Promise<string> {
  const values = {
    grantType: 'authorizationCode',
    authUrl: `${provider.url}/authorize`,
    accessTokenUrl: `${provider.url}/token`,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scope: 'a b',
    ...more,
  };
  const { id } = await server.ok('POST', '/v1/credentials', { type: 'oAuth2Api', name: 'Service', values });
  return String(id);
}

const stateOf = async (id: string): Promise<unknown> => (await server.ok('GET', `/v1/credentials/${id}`))['state'];

interface Begun {
  url: string;
  cookie: string;
}

async function begin(id: string, body: JsonObject = {}): Promise<Begun> {
  const response = await fetch(`${server.ready.url}/v1/credentials/${id}/connect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.ready.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  const set = response.headers.get('set-cookie') ?? '';
  return { url: (JSON.parse(text) as { url: string }).url, cookie: set.split(';')[0] ?? '' };
}

const arrive = async (url: URL | string, cookie = ''): Promise<{ status: number; text: string; headers: Headers }> => {
  const response = await fetch(url, { headers: cookie === '' ? {} : { cookie }, redirect: 'manual' });
  return { status: response.status, text: await response.text(), headers: response.headers };
};

async function connected(more: JsonObject = {}): Promise<string> {
  const id = await credential(more);
  const { url, cookie } = await begin(id);
  const ended = await arrive(provider.agree(url), cookie);
  if (ended.status !== 200) throw new Error(ended.text);
  return id;
}

const asking = (id: string) =>
  chain('Asks', [
    manual(),
    node(
      'ask',
      'http-request',
      4.2,
      { url: `${provider.url}/api`, authentication: 'genericCredentialType', genericAuthType: 'oAuth2Api' },
      { credentials: { oAuth2Api: { id, name: 'Service' } } },
    ),
  ]);

describe('[OAU1][OAU2][OAU3] signing in', () => {
  it('connects a credential, which then signs requests, and shows none of it', async ({ expect }) => {
    const id = await credential();
    expect(await stateOf(id)).toBe('unfinished');
    const flow = await server.create(asking(id));
    expect((await server.start(flow, { input: {} })).error?.code).toBe('credential-unfinished');
    const { url, cookie } = await begin(id);
    const ended = await arrive(provider.agree(url), cookie);
    expect([ended.status, ended.text]).toEqual([200, expect.stringContaining('Service is connected')]);
    expect(ended.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(ended.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await stateOf(id)).toBe('ready');
    const run = await server.start(flow, { input: {} });
    expect([run.status, itemsOf(run, 'ask')]).toEqual(['success', [{ ok: true, echo: 'Bearer [secret]' }]]);
    const shown = JSON.stringify([run, await server.ok('GET', `/v1/credentials/${id}`), ended.text]);
    const kept = filesIn(server.dataDir);
    for (const secret of [...provider.issued, provider.clientSecret]) {
      expect(shown).not.toContain(secret);
      expect(kept.filter((path) => readFileSync(path).includes(secret))).toEqual([]);
    }
    await expect
      .poll(async () => JSON.stringify(await server.ok('GET', '/v1/audit?limit=100')))
      .toContain('credentials.connected');
  });

  it('takes an answer once, from the browser that asked', async ({ expect }) => {
    const id = await credential();
    const first = await begin(id);
    const back = provider.agree(first.url);
    expect((await arrive(back)).status).toBe(400);
    // The attempt used it up: the right browser has to begin again.
    expect((await arrive(back, first.cookie)).status).toBe(400);
    const second = await begin(id);
    const good = provider.agree(second.url);
    expect((await arrive(good, first.cookie)).status).toBe(400);
    const third = await begin(id);
    expect((await arrive(provider.agree(third.url), third.cookie)).status).toBe(200);
    expect((await arrive(provider.agree(third.url), third.cookie)).status).toBe(400);
    const any = await begin(id, { browser: 'any' });
    expect(any.cookie).toBe('');
    expect((await arrive(provider.agree(any.url))).status).toBe(200);
  });

  it('refuses states of others, forged ones, other issuers and doubled parameters', async ({ expect }) => {
    const id = await credential();
    const other = await credential();
    const change = async (edit: (url: URL) => void): Promise<number> => {
      const { url, cookie } = await begin(id);
      const back = provider.agree(url);
      edit(back);
      return (await arrive(back, cookie)).status;
    };
    const state = (of: URL): string => of.searchParams.get('state') ?? '';
    const edits: ((url: URL) => void)[] = [
      (url) => url.searchParams.set('state', `${state(url).slice(0, -1)}${state(url).endsWith('A') ? 'B' : 'A'}`),
      (url) => url.searchParams.set('state', state(url).replace(id, other)),
      (url) => url.searchParams.set('state', state(url).replace(/^local/, 'other')),
      (url) => url.searchParams.set('state', state(url).replace(/^local/, '../local')),
      (url) => url.searchParams.delete('state'),
      (url) => url.searchParams.delete('code'),
      (url) => url.searchParams.set('code', 'guessed'),
      (url) => url.searchParams.set('iss', 'https://evil.example'),
      (url) => url.searchParams.append('code', 'second'),
      (url) => url.searchParams.append('state', state(url)),
    ];
    for (const [index, edit] of edits.entries()) expect([400, 502], String(index)).toContain(await change(edit));
    expect(await stateOf(id)).toBe('unfinished');
    expect(await stateOf(other)).toBe('unfinished');
  });

  it('shows what a service says as text', async ({ expect }) => {
    const id = await credential();
    const { url, cookie } = await begin(id);
    const back = provider.agree(url);
    back.searchParams.set('error', '<script>alert(1)</script>');
    back.searchParams.set('error_description', '"><img src=x onerror=alert(1)>');
    const { status, text } = await arrive(back, cookie);
    expect(status).toBe(400);
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toMatch(/<script>alert|<img src=x/);
  });

  it('is refused where it cannot be, with what to do', async ({ expect }) => {
    const basic = await server.ok('POST', '/v1/credentials', {
      type: 'httpBearerAuth',
      name: 'x',
      values: { token: 'tok' },
    });
    const connect = (id: string) => server.api('POST', `/v1/credentials/${id}/connect`, { body: {} });
    expect((await connect(String(basic['id']))).json).toMatchObject({ code: 'sign-in-unsupported' });
    expect((await connect(await credential({ authUrl: 'javascript:alert(1)' }))).json).toMatchObject({
      code: 'sign-in-unready',
    });
    expect((await connect('cred_0123456789abcdef')).json).toMatchObject({ status: 404 });
  });
});

describe('[OAU4][OAU5][OAU6] tokens', () => {
  it('that ended are renewed once for all steps that want one', async ({ expect }) => {
    provider.lifeSeconds = 1;
    const id = await connected();
    provider.lifeSeconds = 3_600;
    provider.delayMs = 300;
    const flow = await server.create(asking(id));
    const before = provider.asked.length;
    const runs = await Promise.all(Array.from({ length: 12 }, () => server.start(flow, { input: {} })));
    provider.delayMs = 0;
    expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'success'));
    expect(provider.asked.slice(before).map((form) => form.get('grant_type'))).toEqual(['refresh_token']);
  });

  it('that a service no longer takes are renewed, and the request repeated', async ({ expect }) => {
    const id = await connected();
    provider.revokeAccess();
    const flow = await server.create(asking(id));
    const before = provider.api.length;
    const run = await server.start(flow, { input: {} });
    expect([run.status, provider.api.slice(before)]).toEqual(['success', [false, true]]);
  });

  it('that are revoked make the credential say so, and are not tried again', async ({ expect }) => {
    const id = await connected();
    provider.revokeAll();
    const flow = await server.create(asking(id));
    const run = await server.start(flow, { input: {} });
    expect(run.error?.code).toBe('credential-reconnect');
    expect(await stateOf(id)).toBe('reconnect');
    const before = provider.asked.length;
    expect((await server.start(flow, { input: {} })).error?.code).toBe('credential-reconnect');
    expect(provider.asked.length).toBe(before);
    const { url, cookie } = await begin(id);
    expect((await arrive(provider.agree(url), cookie)).status).toBe(200);
    expect([await stateOf(id), (await server.start(flow, { input: {} })).status]).toEqual(['ready', 'success']);
  });

  it('are gone when the values change, and stay when the name does', async ({ expect }) => {
    const id = await connected();
    const { fields, domains } = await server.ok('GET', `/v1/credentials/${id}`);
    await server.ok('PUT', `/v1/credentials/${id}`, { name: 'Renamed', values: fields, domains } as JsonObject);
    const flow = await server.create(asking(id));
    expect((await server.start(flow, { input: {} })).status).toBe('success');
    const values = { ...(fields as JsonObject), clientSecret: provider.clientSecret };
    await server.ok('PUT', `/v1/credentials/${id}`, { name: 'Renamed', values, domains } as JsonObject);
    expect(await stateOf(id)).toBe('unfinished');
    expect((await server.start(flow, { input: {} })).error?.code).toBe('credential-unfinished');
  });

  it('of client credentials are asked for once and used until they end', async ({ expect }) => {
    const id = await credential({ grantType: 'clientCredentials' });
    expect(await stateOf(id)).toBe('ready');
    const flow = await server.create(asking(id));
    const before = provider.asked.length;
    for (let n = 0; n < 3; n++) expect((await server.start(flow, { input: {} })).status).toBe('success');
    expect(provider.asked.slice(before).map((form) => form.get('grant_type'))).toEqual(['client_credentials']);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() && statSync(path).size > 0 ? [path] : [];
  });
}
