import { afterAll, beforeAll, describe, it } from 'vitest';
import { startOidcProvider, signInAtProvider } from '../harness/oidc-provider.ts';
import type { OidcProvider } from '../harness/oidc-provider.ts';
import { SamlIdp } from '../harness/saml-idp.ts';
import { startSlapd } from '../harness/slapd.ts';
import { connect, holdDomain, SsoBrowser } from '../harness/sso.ts';
import { readAnswer, Server } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
  await holdDomain(server, 'example.com');
});
afterAll(() => server.stop());

const mappings = [{ group: 'Editors', role: 'editor' }];

describe('the served product', () => {
  it('[SSO8, OID2] signs people in at a real OpenID provider', async ({ expect }) => {
    const redirects: string[] = [];
    const provider: OidcProvider = await startOidcProvider(redirects);
    const { issuer, clientId, clientSecret } = provider;
    const id = await connect(server, {
      kind: 'oidc',
      name: 'OIDC',
      settings: { issuer, clientId, scopes: ['groups'] },
      secret: clientSecret,
      mappings,
    });
    await provider.stop();
    // The provider must know where to send people back to, and that has the connection's id in it.
    const callback = `${server.ready.url}/sso/local/${id}/callback`;
    const again = await startOidcProvider([callback], Number(new URL(issuer).port));
    try {
      expect(await server.ok('POST', `/v1/sso-connections/${id}/test`)).toMatchObject({ works: true });
      const browser = new SsoBrowser(server);
      const begun = await browser.go(`/sso/local/${id}/start?returnTo=/workflows`);
      const back = await signInAtProvider(begun.headers.get('location') ?? '', server.ready.url);
      const stranger = new SsoBrowser(server);
      expect((await stranger.go(back.href)).status).toBe(400);
      const done = await browser.go(back.href);
      expect([done.status, done.headers.get('location')]).toEqual([303, `${server.ready.url}/workflows`]);
      expect(await browser.role()).toBe('editor');
      expect((await browser.go(back.href)).status).toBe(400);
      again.account = { sub: 'sub-9', email: 'root@elsewhere.example', email_verified: true };
      const other = new SsoBrowser(server);
      const elsewhere = await other.go(`/sso/local/${id}/start`);
      const refused = await other.go(
        (await signInAtProvider(elsewhere.headers.get('location') ?? '', server.ready.url)).href,
      );
      expect([refused.status, other.isSignedIn]).toEqual([403, false]);
    } finally {
      await again.stop();
    }
  });

  it('[SAM5] signs people in by SAML, read in a process of its own', async ({ expect }) => {
    const idp = await SamlIdp.connect(server, { mappings });
    const browser = new SsoBrowser(server);
    const { request, relayState } = await idp.begin(browser);
    const done = await idp.give(
      browser,
      idp.response({ request, nameId: 'bob@example.com', attributes: { groups: ['Editors'] } }),
      relayState,
    );
    expect(done.status).toBe(303);
    expect(await browser.role()).toBe('editor');
  });

  it('[LDP6, SSO11] signs people in by a real directory, over a socket of workerd', async ({ expect }) => {
    const slapd = await startSlapd();
    if (!slapd) return;
    try {
      const { port, baseDn, bindDn, bindPassword } = slapd;
      const settings = { host: '127.0.0.1', port, tls: 'off', baseDn, bindDn, groupBaseDn: `ou=groups,${baseDn}` };
      const id = await connect(server, { kind: 'ldap', name: 'LDAP', settings, secret: bindPassword, mappings });
      expect(await server.ok('POST', `/v1/sso-connections/${id}/test`)).toMatchObject({ works: true });
      const signIn = async (username: string, password: string) =>
        readAnswer(
          await fetch(`${server.ready.url}/sso/local/${id}/sign-in`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ username, password }),
          }),
        );
      const good = await signIn('bob', 'pw-bob');
      expect(good).toMatchObject({ status: 200, json: { organization: 'local' } });
      const headers = { authorization: `Bearer ${String(good.json?.['session'])}`, 'x-millrace-organization': 'local' };
      const access = await server.api('GET', '/v1/access', { headers });
      expect(access.json).toMatchObject({ kind: 'member', role: 'editor' });
      const wrong = await signIn('ada', 'wrong');
      expect(wrong).toMatchObject({ status: 401, json: { code: 'sso-ldap-refused' } });
      expect((await signIn('nobody', 'wrong')).json?.['detail']).toBe(wrong.json?.['detail']);
      const statuses: number[] = [];
      for (let times = 0; times < 10; times++) statuses.push((await signIn('ada', `wrong-${times}`)).status);
      expect(statuses).toEqual([...Array<number>(9).fill(401), 429]);
      expect((await signIn('ada', 'pw-ada')).status).toBe(429);
      expect(server.launcher.stderr).not.toContain(bindPassword);
    } finally {
      await slapd.stop();
    }
  });

  it('[SRV4, SSO14] ends what people had when SCIM says so', async ({ expect }) => {
    const idp = await SamlIdp.connect(server);
    const { token } = await server.ok('POST', `/v1/sso-connections/${idp.base.split('/')[3] ?? ''}/scim`);
    const scim = async (method: string, path: string, body?: object) =>
      readAnswer(
        await fetch(`${server.ready.url}/scim/v2${path}`, {
          method,
          headers: { authorization: `Bearer ${String(token)}`, 'content-type': 'application/scim+json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      );
    const made = await scim('POST', '/Users', { userName: 'cy@example.com', active: true });
    expect(made.status).toBe(201);
    const browser = new SsoBrowser(server);
    const signIn = async (): Promise<Response> => {
      const { request, relayState } = await idp.begin(browser);
      return idp.give(browser, idp.response({ request, nameId: 'cy@example.com' }), relayState);
    };
    expect((await signIn()).status).toBe(303);
    expect(await browser.role()).toBe('viewer');
    const Operations = [{ op: 'replace', path: 'active', value: false }];
    expect((await scim('PATCH', `/Users/${String(made.json?.['id'])}`, { Operations })).status).toBe(200);
    expect(await browser.role()).toBeUndefined();
    expect((await signIn()).status).toBe(403);
  });
});
