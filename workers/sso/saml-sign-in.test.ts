import { beforeAll, describe, it } from 'vitest';
import { testEnv } from '../kit/testing.ts';
import { encode, makeKeys, signedResponse } from '../saml/testing.ts';
import type { IdpKeys, ResponseInit } from '../saml/testing.ts';
import { Browser, ORIGIN, organization, passwordSession, person, roleOfAddress } from './testing.ts';
import type { Caller } from './testing.ts';

let keys: IdpKeys;
beforeAll(async () => {
  keys = await makeKeys();
});

const ISSUER = 'https://idp.example.com/metadata';

interface Set {
  tenant: string;
  id: string;
  api: Caller;
}

async function connect(tenant: string, more: object = {}, settings: object = {}): Promise<Set> {
  const api = await organization(tenant);
  const body = {
    kind: 'saml',
    name: 'Corporate',
    settings: { issuer: ISSUER, signInUrl: 'https://idp.example.com/sso', certificates: [keys.publicKey], ...settings },
    ...more,
  };
  const { status, body: made } = await api('POST /v1/sso-connections', { body });
  if (status !== 201) throw new Error(JSON.stringify(made));
  return { tenant, id: made['id'] as string, api };
}

const base = ({ tenant, id }: Set): string => `/sso/${tenant}/${id}`;

/** Begins a sign-in; gives the request's id and the relay state. */
async function begin(
  set: Set,
  browser: Browser,
  returnTo = '/workflows?x=1',
): Promise<{ request: string; relayState: string }> {
  const response = await browser.go(`${base(set)}/start?returnTo=${encodeURIComponent(returnTo)}`);
  const url = new URL(response.headers.get('location') ?? '');
  const bytes = Uint8Array.from(atob(url.searchParams.get('SAMLRequest') ?? ''), (char) => char.charCodeAt(0));
  const xml = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
  return { request: / ID="([^"]+)"/.exec(xml)?.[1] ?? '', relayState: url.searchParams.get('RelayState') ?? '' };
}

const answerFor = (set: Set, init: ResponseInit): string =>
  encode(
    signedResponse(keys, {
      audience: `${ORIGIN}${base(set)}/metadata`,
      recipient: `${ORIGIN}${base(set)}/acs`,
      nameId: `ada@${set.tenant}.example`,
      ...init,
    }),
  );

const post = (set: Set, browser: Browser, form: Record<string, string>): Promise<Response> =>
  browser.go(`${base(set)}/acs`, {
    method: 'POST',
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

async function signIn(set: Set, browser = new Browser(), init: ResponseInit = {}): Promise<Response> {
  const { request, relayState } = await begin(set, browser);
  const posted = await post(set, browser, {
    SAMLResponse: answerFor(set, { request, ...init }),
    RelayState: relayState,
  });
  const next = posted.headers.get('location');
  return next === null ? posted : browser.go(next.slice(ORIGIN.length));
}

describe('a sign-in by SAML', () => {
  it('[SSO3, SSO6, SSO9] makes a member of a verified domain, with the role of the groups', async ({ expect }) => {
    const mappings = [
      { group: 'Engineers', role: 'editor' },
      { group: 'Everybody', role: 'viewer' },
    ];
    const set = await connect('saml-makes', { mappings });
    const browser = new Browser();
    const done = await signIn(set, browser, { attributes: { groups: ['everybody', 'ENGINEERS'] } });
    expect([done.status, done.headers.get('location')]).toEqual([303, `${ORIGIN}/workflows?x=1`]);
    expect(done.headers.get('set-cookie')).toMatch(
      /^__Host-millrace=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(await roleOfAddress('saml-makes', 'ada@saml-makes.example')).toBe('editor');
    const named = { headers: { 'x-millrace-organization': 'saml-makes' } };
    expect((await browser.go('/v1/workflows', named)).status).toBe(200);
    expect((await browser.go('/v1/keys', named)).status).toBe(403);
    // The next sign-in brings other groups.
    await signIn(set, new Browser(), { attributes: { groups: ['Everybody'] } });
    expect(await roleOfAddress('saml-makes', 'ada@saml-makes.example')).toBe('viewer');
    const log = await set.api('GET /v1/audit', { query: { action: 'sso.sign-in' } });
    expect(log.body['records']).toHaveLength(2);
  });

  it('[IDN19] remembers the language they first came with, which they cannot choose here', async ({ expect }) => {
    const set = await connect('saml-speaks');
    const browser = new Browser();
    for (const speaks of ['de-AT,de;q=0.9', 'en']) {
      const { request, relayState } = await begin(set, browser);
      const posted = await post(set, browser, { SAMLResponse: answerFor(set, { request }), RelayState: relayState });
      const headers = { 'accept-language': speaks };
      await browser.go((posted.headers.get('location') ?? '').slice(ORIGIN.length), { headers });
      expect(await (await browser.go('/v1/account')).json()).toMatchObject({ language: 'de' });
    }
  });

  it('[SSO9] opens no other organisation and changes no account', async ({ expect }) => {
    const set = await connect('saml-bound');
    await organization('saml-bound-other');
    await person('ada@saml-bound.example', { roles: { 'saml-bound-other': 'admin' } });
    const browser = new Browser();
    await signIn(set, browser);
    const at = (tenant: string) => browser.go('/v1/tenant', { headers: { 'x-millrace-organization': tenant } });
    expect((await at('saml-bound')).status).toBe(200);
    expect((await at('saml-bound-other')).status).toBe(404);
    // the account says where it came from and until when, for it cannot be changed here
    expect(await (await browser.go('/v1/account')).json()).toMatchObject({
      sso: { organization: 'saml-bound', provider: 'Corporate', expiresAt: expect.any(Number) as number },
    });
    const change = {
      method: 'PATCH',
      headers: { origin: ORIGIN, 'content-type': 'application/json' },
      body: '{"name":"X"}',
    };
    expect((await browser.go('/v1/account', change)).status).toBe(403);
    expect((await browser.go('/sso/sign-out', { method: 'POST' })).status).toBe(403);
    expect((await browser.go('/sso/sign-out', { method: 'POST', headers: { origin: ORIGIN } })).status).toBe(204);
    expect(browser.isSignedIn).toBe(false);
  });

  it('[SSO3, SSO5] links nobody outside the domain, and a person who never showed their address afresh', async ({
    expect,
  }) => {
    const set = await connect('saml-links');
    await person('root@elsewhere.example', { roles: { 'saml-links': 'owner' } });
    const outside = await signIn(set, new Browser(), { nameId: 'root@elsewhere.example' });
    expect([outside.status, await outside.text()]).toEqual([403, expect.stringContaining('not verified') as string]);
    for (const nameId of [
      'ada@saml-links.example.evil.example',
      'ada@evil.example@saml-links.example',
      'ada',
      '"a@b"@saml-links.example',
      'ada@SUB.saml-links.example',
    ]) {
      expect((await signIn(set, new Browser(), { nameId })).status, nameId).toBe(403);
    }
    const squatter = await person('ada@saml-links.example', { verified: false });
    const now = new Date().toISOString();
    await testEnv.DB.prepare(
      "INSERT INTO accounts (id, user_id, provider_id, account_id, password, created_at, updated_at) VALUES ('acc-squat', ?1, 'credential', ?1, 'x', ?2, ?2)",
    )
      .bind(squatter, now)
      .run();
    const browser = new Browser();
    expect((await signIn(set, browser, { nameId: 'ADA@Saml-Links.example' })).status).toBe(303);
    const left = await testEnv.DB.prepare('SELECT count(*) AS n FROM accounts WHERE user_id = ?')
      .bind(squatter)
      .first<{ n: number }>();
    expect(left?.n).toBe(0);
    expect(await roleOfAddress('saml-links', 'ada@saml-links.example')).toBe('viewer');
  });

  it('[SSO13] is the only way in where the domain is enforced, but for owners', async ({ expect }) => {
    const set = await connect('saml-enforced');
    await organization('saml-enforced-not');
    const roles = { 'saml-enforced': 'admin', 'saml-enforced-not': 'viewer' };
    const sessions = await Promise.all([
      passwordSession(await person('ada@saml-enforced.example', { roles })),
      passwordSession(await person('boss@saml-enforced.example', { roles: { 'saml-enforced': 'owner' } })),
      passwordSession(await person('guest@elsewhere.example', { roles: { 'saml-enforced': 'viewer' } })),
    ]);
    const body = { enforced: true };
    expect(
      (await set.api('PATCH /v1/sso-domains/{id}', { params: { id: 'saml-enforced.example' }, body })).status,
    ).toBe(200);
    const enter = async (session: string, tenant: string): Promise<number> => {
      const headers = { authorization: `Bearer ${session}`, 'x-millrace-organization': tenant };
      return (await new Browser().go('/v1/tenant', { headers })).status;
    };
    expect(await Promise.all(sessions.map((session) => enter(session, 'saml-enforced')))).toEqual([403, 200, 200]);
    expect(await enter(sessions[0] ?? '', 'saml-enforced-not')).toBe(200);
    const browser = new Browser();
    await signIn(set, browser);
    expect((await browser.go('/v1/tenant', { headers: { 'x-millrace-organization': 'saml-enforced' } })).status).toBe(
      200,
    );
  });

  it('[SSO7] leaves owners what they are', async ({ expect }) => {
    const set = await connect('saml-owner', { mappings: [{ group: 'x', role: 'viewer' }] });
    await person('ada@saml-owner.example', { roles: { 'saml-owner': 'owner' } });
    expect((await signIn(set, new Browser(), { attributes: { groups: ['x'] } })).status).toBe(303);
    expect(await roleOfAddress('saml-owner', 'ada@saml-owner.example')).toBe('owner');
  });

  it('[SSO8, SAM6, SAM8] comes back once, to who began it', async ({ expect }) => {
    const set = await connect('saml-once');
    const browser = new Browser();
    const { request, relayState } = await begin(set, browser, '//evil.example/');
    const form = { SAMLResponse: answerFor(set, { request }), RelayState: relayState };
    const posted = await post(set, browser, form);
    const next = (posted.headers.get('location') ?? '').slice(ORIGIN.length);
    expect(next).toMatch(/\/finish\?code=[\w-]{43}$/);
    // Another browser, which was tricked into following.
    const victim = new Browser();
    await victim.go(`${base(set)}/start`);
    expect((await victim.go(next)).status).toBe(400);
    expect((await new Browser().go(next)).status).toBe(400);
    const done = await browser.go(next);
    expect([done.status, done.headers.get('location')]).toEqual([303, `${ORIGIN}/`]);
    expect((await browser.go(next)).status).toBe(400);
    expect((await post(set, browser, form)).status).toBe(400);
    // The same assertion for another request of the same person.
    const again = await begin(set, browser);
    const replayed = { SAMLResponse: form.SAMLResponse, RelayState: again.relayState };
    expect((await post(set, browser, replayed)).status).toBe(403);
  });

  it('[SSO8] that nobody began is taken only where the connection says so', async ({ expect }) => {
    const closed = await connect('saml-unasked');
    const unasked = (set: Set) =>
      post(set, new Browser(), { SAMLResponse: answerFor(set, { request: null }), RelayState: 'https://evil.example' });
    expect((await unasked(closed)).status).toBe(400);
    const open = await connect('saml-asked', {}, { idpInitiated: true });
    const form = { SAMLResponse: answerFor(open, { request: null }) };
    const browser = new Browser();
    const done = await post(open, browser, form);
    expect([done.status, done.headers.get('location'), browser.isSignedIn]).toEqual([303, `${ORIGIN}/`, true]);
    expect((await post(open, new Browser(), form)).status).toBe(403);
    // An answer to somebody's request is not one that nobody asked for.
    expect((await post(open, new Browser(), { SAMLResponse: answerFor(open, { request: '_stolen' }) })).status).toBe(
      403,
    );
  });

  it('[SSO4, SSO10] is refused for another connection, a disabled one and another organisation', async ({ expect }) => {
    const [ours, theirs] = [await connect('saml-ours'), await connect('saml-theirs')];
    const browser = new Browser();
    const { request, relayState } = await begin(ours, browser);
    const forUs = {
      SAMLResponse: answerFor(ours, { request, nameId: 'ada@saml-theirs.example' }),
      RelayState: relayState,
    };
    expect((await post(theirs, browser, forUs)).status).toBe(400);
    expect((await browser.go(`/sso/saml-theirs/${ours.id}/start`)).status).toBe(404);
    expect((await browser.go(`/sso/saml-ours/${ours.id}/callback?state=x`)).status).toBe(404);
    const current = (await ours.api('GET /v1/sso-connections/{id}', { params: { id: ours.id } })).body;
    const settings = { issuer: ISSUER, signInUrl: 'https://idp.example.com/sso', certificates: [keys.publicKey] };
    const off = { kind: 'saml', name: current['name'], enabled: false, settings };
    const signedIn = new Browser();
    await signIn(ours, signedIn);
    expect((await ours.api('PUT /v1/sso-connections/{id}', { params: { id: ours.id }, body: off })).status).toBe(200);
    expect((await browser.go(`${base(ours)}/start`)).status).toBe(404);
    expect((await post(ours, browser, forUs)).status).toBe(404);
  });

  it('says what it is, and answers nothing else', async ({ expect }) => {
    const set = await connect('saml-meta');
    const response = await new Browser().go(`${base(set)}/metadata`);
    expect(response.headers.get('content-type')).toMatch(/samlmetadata/);
    expect(await response.text()).toContain(`entityID="${ORIGIN}${base(set)}/metadata"`);
    for (const path of [
      `${base(set)}/x`,
      `${base(set)}/metadata/x`,
      '/sso/',
      '/sso/__proto__/constructor/start',
      `/sso/saml-meta/${'x'.repeat(200)}/start`,
    ]) {
      expect((await new Browser().go(path)).status, path).toBe(404);
    }
    expect((await new Browser().go(`${base(set)}/acs`)).status).toBe(405);
    expect((await new Browser().go(`${base(set)}/acs`, { method: 'POST', body: '{}' })).status).toBe(415);
    const found = await (await new Browser().go('/sso/find?email=Anybody@Saml-Meta.example')).json();
    expect(found).toMatchObject({
      organization: 'saml-meta',
      connections: [{ kind: 'saml', signIn: `${ORIGIN}${base(set)}/start` }],
    });
    expect(await (await new Browser().go('/sso/find?email=x@nowhere.example')).json()).toMatchObject({
      organization: null,
    });
  });
});
