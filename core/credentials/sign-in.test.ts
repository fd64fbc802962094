import { describe, it } from 'vitest';
import { CREDENTIAL_TYPES } from './registry.generated.ts';
import { authorizeUrl, isWebAddress, signInPlan, type SignInPlan, tokenRequest, unreadyFor } from './sign-in.ts';
import { isFresh, needsSignIn, readTokens } from './tokens.ts';

const typeOf = (name: string) => {
  const found = CREDENTIAL_TYPES.find(({ type }) => type === name);
  if (!found) throw new Error(`no type ${name}`);
  return found;
};
const planOf = (name: string, values: Record<string, string>): SignInPlan => {
  const plan = signInPlan(typeOf(name), new Map(Object.entries(values)));
  if (!plan) throw new Error('no plan');
  return plan;
};
const generic = {
  grantType: 'authorizationCode',
  authUrl: 'https://id.example/authorize?audience=a&state=theirs#frag',
  accessTokenUrl: 'https://id.example/token',
  clientId: 'me',
  clientSecret: 's&cret',
  authQueryParameters: 'prompt=consent&redirect_uri=https://evil.example&code_challenge_method=plain',
};
const asked = { redirectUri: 'https://m.example/oauth/callback', state: 'st', challenge: 'ch' };

describe('signing in to a service', () => {
  it('[OAU1][OAU8] asks for a code with PKCE, whatever the credential adds', ({ expect }) => {
    const url = new URL(authorizeUrl(planOf('oAuth2Api', generic), asked));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      audience: 'a',
      prompt: 'consent',
      response_type: 'code',
      client_id: 'me',
      redirect_uri: asked.redirectUri,
      state: 'st',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    });
    expect([url.hash, url.searchParams.getAll('state')]).toEqual(['', ['st']]);
  });

  it('[OAU8] opens http addresses only', ({ expect }) => {
    const bad = ['javascript:alert(1)', 'data:text/html,x', 'https:///x', 'https:\\\\x', '//x', 'https://u@x', ''];
    for (const address of bad) {
      expect(isWebAddress(address), address).toBe(false);
      expect(unreadyFor(planOf('oAuth2Api', { ...generic, authUrl: address })), address).toBeDefined();
      expect(unreadyFor(planOf('oAuth2Api', { ...generic, accessTokenUrl: address })), address).toBeDefined();
    }
    expect(unreadyFor(planOf('oAuth2Api', generic))).toBeUndefined();
    expect(unreadyFor(planOf('oAuth2Api', { ...generic, clientId: '' }))).toContain('client ID');
  });

  it('sends who the client is in a header or the form', ({ expect }) => {
    const form = { grant_type: 'refresh_token', refresh_token: 'r' } as const;
    expect(tokenRequest(planOf('oAuth2Api', generic), form, btoa)).toEqual({
      headers: expect.arrayContaining([['authorization', `Basic ${btoa('me:s%26cret')}`]]),
      body: 'grant_type=refresh_token&refresh_token=r',
    });
    const { headers, body } = tokenRequest(planOf('oAuth2Api', { ...generic, authentication: 'body' }), form, btoa);
    expect(headers.map(([name]) => name)).toEqual(['content-type', 'accept']);
    expect(body).toBe('grant_type=refresh_token&refresh_token=r&client_id=me&client_secret=s%26cret');
    // A public client has no secret: it names itself in the form.
    expect(tokenRequest(planOf('oAuth2Api', { ...generic, clientSecret: '' }), form, btoa).body).toContain(
      'client_id=me',
    );
  });

  it('is declared by types of services whole: addresses, scopes, fields', ({ expect }) => {
    const types = CREDENTIAL_TYPES.filter(({ signIn }) => signIn);
    expect(types.length).toBeGreaterThanOrEqual(20);
    for (const type of types) {
      const values = new Map(
        type.fields.map(({ name, default: value }) => [name, value ?? (name === 'subdomain' ? 'acme' : 'x')]),
      );
      const plan = signInPlan(type, values);
      expect(plan && unreadyFor(plan), type.type).toBeUndefined();
      expect(new URL(plan?.authUrl ?? '').protocol, type.type).toBe('https:');
      expect(new URL(plan?.tokenUrl ?? '').protocol, type.type).toBe('https:');
      expect(type.domains?.length, type.type).toBeGreaterThan(0);
      const names = type.fields.map(({ name }) => name);
      expect(names, type.type).toEqual(expect.arrayContaining(['clientId', 'clientSecret', 'scope']));
      for (const [, name = ''] of `${type.signIn?.authUrl}${type.signIn?.tokenUrl}`.matchAll(/\{(\w+)\}/g)) {
        expect(names, type.type).toContain(name);
      }
    }
  });

  it('[OAU7] a value in an address of a type cannot leave its place', ({ expect }) => {
    const plan = planOf('zendeskOAuth2Api', { subdomain: 'evil.example/x?y#', clientId: 'a', clientSecret: 'b' });
    expect(new URL(plan.tokenUrl).host).toMatch(/\.zendesk\.com$/);
    expect(new URL(plan.tokenUrl).pathname).toBe('/oauth/tokens');
  });
});

describe('tokens', () => {
  it('are read from JSON, from a form, and from one level deeper', ({ expect }) => {
    const answer = { access_token: 'a', refresh_token: 'r', expires_in: 3600, scope: 's' };
    const read = (body: string, status = 200) =>
      readTokens({ status, body }, 1_000, { access: 'old', refresh: 'kept' });
    expect(read(JSON.stringify(answer))).toEqual({
      ok: true,
      tokens: { access: 'a', refresh: 'r', expiresAt: 3_601_000, scope: 's' },
    });
    expect(read('access_token=a&token_type=bearer')).toEqual({ ok: true, tokens: { access: 'a', refresh: 'kept' } });
    expect(read('{"ok":true,"authed_user":{"access_token":"u"}}')).toMatchObject({ tokens: { access: 'u' } });
    expect(read('{"error":"invalid_grant"}', 400)).toEqual({ ok: false, error: 'invalid_grant' });
    expect(read('error=bad_verification_code')).toEqual({ ok: false, error: 'bad_verification_code' });
    for (const odd of ['', 'null', '[]', '"x"', '{"access_token":5}', '<html>', '{"access_token":{}}']) {
      expect(read(odd), odd).toMatchObject({ ok: false });
    }
    expect(read('{"access_token":"a","expires_in":"soon"}')).toEqual({
      ok: true,
      tokens: { access: 'a', refresh: 'kept' },
    });
  });

  it('[OAU4] are renewed a minute early', ({ expect }) => {
    expect(isFresh({ access: 'a' }, 0)).toBe(true);
    expect(isFresh({ access: 'a', expiresAt: 100_000 }, 30_000)).toBe(true);
    expect(isFresh({ access: 'a', expiresAt: 100_000 }, 40_000)).toBe(false);
  });

  it('[OAU5] are final when the grant is', ({ expect }) => {
    expect(['invalid_grant', 'bad_refresh_token', 'invalid_client', undefined].map(needsSignIn)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
