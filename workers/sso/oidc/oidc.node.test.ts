import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { freePort } from '../../../test/harness/daemon.ts';
import { type OidcProvider, signInAtProvider, startOidcProvider } from '../../../test/harness/oidc-provider.ts';
import { fakePorts, LOCAL } from '../../executor/testing/fakes.ts';
import { OidcError } from './error.ts';
import { authorizationUrl, completeSignIn } from './flow.ts';
import type { OidcClient, OidcLogin } from './flow.ts';

const HOME = 'http://127.0.0.1:1/sso/acme/c1/callback';
const FLOW = { state: 'state-1', nonce: 'nonce-1', verifier: 'v'.repeat(43) };

let real: OidcProvider;
beforeAll(async () => {
  real = await startOidcProvider([HOME]);
});
afterAll(() => real.stop());

let tenants = 0;
function clientOf(issuer: string, more: Partial<OidcClient> = {}): OidcClient {
  return {
    // A tenant of its own, so that nothing is known from the test before.
    provider: { tenant: `t${++tenants}`, issuer, policy: LOCAL, egress: fakePorts().egress, nowMs: Date.now() },
    clientId: 'millrace',
    clientSecret: 'canary-oidc-client-secret',
    scopes: ['groups'],
    groupsClaim: 'groups',
    redirectUri: HOME,
    ...more,
  };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    return `signed in: ${JSON.stringify(await work)}`;
  } catch (error) {
    if (!(error instanceof OidcError)) throw error;
    if (error.message.includes('canary')) throw new Error('A secret shows', { cause: error });
    return error.code;
  }
}

describe('a real OpenID provider', () => {
  it('[OID2, OID4, OID6] says who signed in, once', async ({ expect }) => {
    const client = clientOf(real.issuer);
    const back = await signInAtProvider(await authorizationUrl(client, FLOW, 'ada@example.com'), HOME);
    expect(back.searchParams.get('state')).toBe('state-1');
    expect(await completeSignIn(client, FLOW, back.searchParams)).toEqual({
      issuer: real.issuer,
      subject: 'sub-1',
      email: 'ada@example.com',
      name: 'Ada',
      groups: ['Editors'],
    });
    expect(await refusal(completeSignIn(client, FLOW, back.searchParams))).toBe('oidc-refused');
  });

  it('[OID2, OID5] does not believe another verifier, nonce, secret or issuer', async ({ expect }) => {
    const cases: [string, Partial<OidcClient>, Partial<typeof FLOW>, (answer: URLSearchParams) => void, string][] = [
      ['verifier', {}, { verifier: 'w'.repeat(43) }, () => undefined, 'oidc-refused'],
      ['nonce', {}, { nonce: 'other' }, () => undefined, 'oidc-untrusted'],
      ['secret', { clientSecret: 'canary-wrong' }, {}, () => undefined, 'oidc-refused'],
      ['iss', {}, {}, (answer) => answer.set('iss', 'https://evil.example'), 'oidc-untrusted'],
      ['no iss', {}, {}, (answer) => answer.delete('iss'), 'oidc-untrusted'],
      ['error', {}, {}, (answer) => answer.set('error', 'access_denied'), 'oidc-refused'],
      ['no code', {}, {}, (answer) => answer.delete('code'), 'oidc-refused'],
    ];
    for (const [name, more, flow, change, why] of cases) {
      const client = clientOf(real.issuer);
      const back = await signInAtProvider(await authorizationUrl(client, FLOW), HOME);
      change(back.searchParams);
      const work = completeSignIn({ ...client, ...more }, { ...FLOW, ...flow }, back.searchParams);
      expect(await refusal(work), name).toBe(why);
    }
  });

  it('[OID7] gives an address that is verified', async ({ expect }) => {
    const accounts: [OidcProvider['account'], string][] = [
      [{ sub: 'sub-2', email: 'bob@example.com', email_verified: false }, 'oidc-refused'],
      [{ sub: 'sub-3' }, 'oidc-refused'],
      [{ sub: 'sub-4', email: 'eve@example.com' }, 'signed in'],
    ];
    for (const [account, why] of accounts) {
      real.account = account;
      const client = clientOf(real.issuer);
      const back = await signInAtProvider(await authorizationUrl(client, FLOW), HOME);
      expect(await refusal(completeSignIn(client, FLOW, back.searchParams))).toMatch(why);
    }
  });
});

describe('a provider that lies', () => {
  let server: Server;
  let issuer = '';
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  let served: Record<string, unknown>[] = [];
  let asked: string[] = [];
  let token = '';
  let discovery: Record<string, unknown> = {};
  let userinfo: Record<string, unknown> = {};

  beforeAll(async () => {
    const port = await freePort();
    issuer = `http://127.0.0.1:${port}`;
    keys = await generateKeyPair('RS256', { extractable: true });
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const json = (value: unknown): void => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
      };
      if (request.url === '/.well-known/openid-configuration') return json(discovery);
      if (request.url === '/jwks') return json({ keys: served });
      if (request.url === '/userinfo') return json(userinfo);
      if (request.url === '/redirect') return void response.writeHead(302, { location: '/jwks' }).end();
      return json({ access_token: 'a', token_type: 'Bearer', id_token: token });
    });
    await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  });
  afterAll(() => void server.close());

  const usual = async (): Promise<void> => {
    served = [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }];
    discovery = {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
    };
    userinfo = { sub: 's', groups: [] };
    asked = [];
  };
  const claims = (more: JWTPayload = {}): JWTPayload => {
    const now = Math.floor(Date.now() / 1_000);
    return {
      iss: issuer,
      aud: 'millrace',
      sub: 's',
      nonce: FLOW.nonce,
      iat: now,
      exp: now + 300,
      email: 'ada@example.com',
      groups: ['g'],
      ...more,
    };
  };
  const signed = (payload: JWTPayload, header: Record<string, unknown> = {}): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(keys.privateKey);
  const take = (client = clientOf(issuer)): Promise<OidcLogin> =>
    completeSignIn(client, FLOW, new URLSearchParams({ code: 'c' }));

  it('[OID3, OID4] is not believed', async ({ expect }) => {
    await usual();
    token = await signed(claims());
    expect((await take()).subject).toBe('s');
    const other = await generateKeyPair('RS256', { extractable: true });
    const otherJwk = await exportJWK(other.publicKey);
    const publicText = JSON.stringify(served[0]);
    const byOther = (header: Record<string, unknown>): Promise<string> =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', ...header }).sign(other.privateKey);
    const now = Math.floor(Date.now() / 1_000);
    const tokens: [string, string][] = [
      ['none', new UnsecuredJWT(claims()).encode()],
      ['None', `${btoa('{"alg":"None"}').replaceAll('=', '')}.${token.split('.')[1] ?? ''}.`],
      ['no signature', `${token.split('.').slice(0, 2).join('.')}.`],
      [
        'hs256 with the public key',
        await new SignJWT(claims())
          .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
          .sign(new TextEncoder().encode(publicText)),
      ],
      ['another key', await byOther({ kid: 'k1' })],
      ['jwk in the header', await byOther({ jwk: otherJwk })],
      ['jku in the header', await byOther({ kid: 'k2', jku: 'https://evil.example/jwks' })],
      ['x5u in the header', await byOther({ kid: 'k2', x5u: 'https://evil.example/c' })],
      ['kid of a file', await byOther({ kid: '../../../../dev/null' })],
      ['kid of the prototype', await byOther({ kid: '__proto__' })],
      ['critical extension', await byOther({ kid: 'k1', crit: ['x'], x: 1 }).catch(() => 'x.y.z')],
      ['issuer', await signed(claims({ iss: 'https://evil.example' }))],
      ['issuer with a slash', await signed(claims({ iss: `${issuer}/` }))],
      ['audience', await signed(claims({ aud: 'other' }))],
      ['audience prefix', await signed(claims({ aud: 'millrace2' }))],
      ['several audiences without azp', await signed(claims({ aud: ['millrace', 'other'] }))],
      ['azp', await signed(claims({ aud: ['millrace', 'other'], azp: 'other' }))],
      ['expired', await signed(claims({ exp: now - 61 }))],
      ['not yet', await signed(claims({ nbf: now + 120 }))],
      ['no expiry', await signed(claims({ exp: undefined as unknown as number }))],
      ['nonce', await signed(claims({ nonce: 'other' }))],
      ['no nonce', await signed(claims({ nonce: undefined }))],
      ['nonce list', await signed(claims({ nonce: [FLOW.nonce] }))],
      ['no sub', await signed(claims({ sub: undefined as unknown as string }))],
      ['long sub', await signed(claims({ sub: 'x'.repeat(256) }))],
      ['empty sub', await signed(claims({ sub: '' }))],
      ['rubbish', 'rubbish'],
      ['three parts', 'a.b.c'],
      ['encrypted', 'a.b.c.d.e'],
    ];
    for (const [name, text] of tokens) {
      token = text;
      expect(await refusal(take()), name).toBe('oidc-untrusted');
    }
    token = 'x'.repeat(20_001);
    expect(await refusal(take())).toBe('oidc-provider');
  });

  it('[OID6] about somebody else in its user info is not believed', async ({ expect }) => {
    await usual();
    token = await signed(claims({ email: undefined }));
    userinfo = { sub: 'other', email: 'root@example.com' };
    expect(await refusal(take())).toBe('oidc-untrusted');
    userinfo = { sub: 's', email: 'ada@example.com', email_verified: 'true', groups: ['x', 5, null] };
    expect(await take()).toMatchObject({ email: 'ada@example.com', groups: ['g'] });
    // The address of one with the verification of the other.
    token = await signed(claims({ email: 'root@example.com', email_verified: false, groups: undefined }));
    expect(await refusal(take())).toBe('oidc-refused');
  });

  it('[OID1, OID8] with a discovery document of somebody else, or that leads elsewhere, is not believed', async ({
    expect,
  }) => {
    const documents: [object, string][] = [
      [{ issuer: 'https://evil.example' }, 'oidc-untrusted'],
      [{ issuer: `${issuer}/` }, 'oidc-untrusted'],
      [{ token_endpoint: 'http://evil.example/token' }, 'oidc-provider'],
      [{ jwks_uri: 'file:///etc/passwd' }, 'oidc-provider'],
      [{ authorization_endpoint: 'javascript:alert(1)' }, 'oidc-provider'],
      [{ jwks_uri: 5 }, 'oidc-provider'],
      [{ jwks_uri: `${issuer}/redirect` }, 'oidc-provider'],
      [{ jwks_uri: 'https://169.254.169.254/latest' }, 'oidc-provider'],
      [{ token_endpoint: 'https://user:pass@idp.example/token' }, 'oidc-provider'],
    ];
    for (const [more, why] of documents) {
      await usual();
      Object.assign(discovery, more);
      token = await signed(claims());
      expect(await refusal(take()), JSON.stringify(more)).toBe(why);
    }
    const denied = clientOf(issuer);
    expect(await refusal(take({ ...denied, provider: { ...denied.provider, policy: { allow: [], deny: [] } } }))).toBe(
      'oidc-provider',
    );
  });

  it('[OID1] that changed its keys is asked again, but not for every made-up key id', async ({ expect }) => {
    await usual();
    const client = clientOf(issuer);
    token = await signed(claims());
    await take(client);
    const next = await generateKeyPair('ES256', { extractable: true });
    served = [{ ...(await exportJWK(next.publicKey)), kid: 'k2', alg: 'ES256' }];
    token = await new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid: 'k2' }).sign(next.privateKey);
    expect(await refusal(take(client))).toBe('oidc-untrusted');
    const at = (nowMs: number): OidcClient => ({ ...client, provider: { ...client.provider, nowMs } });
    const later = at(client.provider.nowMs + 30_000);
    expect((await take(later)).subject).toBe('s');
    const before = asked.filter((url) => url === '/jwks').length;
    for (let times = 0; times < 5; times++) {
      token = await new SignJWT(claims())
        .setProtectedHeader({ alg: 'ES256', kid: `made-up-${times}` })
        .sign(next.privateKey);
      expect(await refusal(take(later))).toBe('oidc-untrusted');
    }
    expect(asked.filter((url) => url === '/jwks').length).toBe(before);
  });
});
