import { createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWTPayload } from 'jose';
import type { Forging, OpenIdProvider } from '../../../../harness/openid.ts';
import { PASSWORD, Person } from '../../../../harness/person.ts';
import type { Cases, Trial } from '../trial.ts';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, claims: JWTPayload): string => `${base64url(header)}.${base64url(claims)}.`;

/** Who it is when nobody should be anybody. */
const gotIn = async (person: Person): Promise<string | undefined> => {
  const email = await person.who();
  return email === undefined ? undefined : `signed in as ${email}`;
};

const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([each]) => each !== name));

type Forge = NonNullable<Forging['idToken']>;

function hmacSigned(provider: OpenIdProvider, claims: JWTPayload, header: object): string {
  const text = `${base64url(header)}.${base64url(claims)}`;
  return `${text}.${createHmac('sha256', JSON.stringify(provider.jwk)).update(text).digest('base64url')}`;
}

async function strangerKey() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, jwk: await exportJWK(publicKey) };
}

/** Tokens that an honest provider would not send, each as if for somebody else. */
const TOKENS: Record<string, Forge> = {
  'alg-none': (claims) => unsigned({ alg: 'none' }, claims),
  'alg-none-capitals': (claims) => unsigned({ alg: 'NoNe', kid: 'first' }, claims),
  'hmac-with-public-key': (claims, provider) => hmacSigned(provider, claims, { alg: 'HS256', kid: 'first' }),
  'hmac-without-kid': (claims, provider) => hmacSigned(provider, claims, { alg: 'HS256' }),
  'hmac-with-client-secret': (claims, { client }) => {
    const text = `${base64url({ alg: 'HS256' })}.${base64url(claims)}`;
    return `${text}.${createHmac('sha256', client.secret).update(text).digest('base64url')}`;
  },
  'stranger-key': async (claims, provider) => provider.sign(claims, {}, (await strangerKey()).privateKey),
  'unknown-kid': async (claims, provider) => provider.sign(claims, { kid: 'other' }, (await strangerKey()).privateKey),
  'kid-is-a-path': async (claims, provider) =>
    provider.sign(claims, { kid: '../../../dev/null' }, (await strangerKey()).privateKey),
  'jku-of-the-attacker': async (claims, provider) =>
    provider.sign(claims, { jku: `${provider.issuer}/evil-keys` }, (await strangerKey()).privateKey),
  'jwk-in-the-header': async (claims, provider) => {
    const { privateKey, jwk } = await strangerKey();
    return provider.sign(claims, { jwk }, privateKey);
  },
  'x5u-in-the-header': async (claims, provider) =>
    provider.sign(claims, { x5u: `${provider.issuer}/evil.pem` }, (await strangerKey()).privateKey),
  'signature-cut': async (claims, provider) => (await provider.sign(claims)).replace(/\.[^.]+$/, '.'),
  'claims-exchanged': async (claims, provider) => {
    const [header, , signature] = (await provider.sign({ ...claims, sub: 'somebody' })).split('.');
    return `${header}.${base64url(claims)}.${signature}`;
  },
  'other-issuer': (claims, provider) => provider.sign({ ...claims, iss: 'https://evil.test' }),
  'issuer-prefix': (claims, provider) => provider.sign({ ...claims, iss: `${provider.issuer}.evil.test` }),
  'other-audience': (claims, provider) => provider.sign({ ...claims, aud: 'another-client' }),
  'no-audience': (claims, provider) => provider.sign(without(claims, 'aud')),
  expired: (claims, provider) => provider.sign({ ...claims, iat: 1_000, exp: 1_300 }),
  'not-yet': (claims, provider) => provider.sign({ ...claims, nbf: Math.floor(Date.now() / 1_000) + 3_600 }),
  'no-nonce': (claims, provider) => provider.sign(without(claims, 'nonce')),
  'other-nonce': (claims, provider) => provider.sign({ ...claims, nonce: 'of-another-sign-in' }),
  'no-subject': (claims, provider) => provider.sign(without(claims, 'sub')),
  'empty-subject': (claims, provider) => provider.sign({ ...claims, sub: '' }),
  'no-token': () => undefined,
  'not-a-token': () => 'x.y.z',
};

async function forgedTokens(trial: Trial): Promise<void> {
  const { provider } = trial;
  for (const [name, idToken] of Object.entries(TOKENS)) {
    provider.identity = { sub: `forged-${name}`, email: trial.address('forged'), email_verified: true, name: 'X' };
    provider.forging = { idToken, userInfo: {} };
    const person = new Person(trial.place);
    await trial.attempt(`id-token/${name}`, `an id token: ${name}`, async () => {
      await person.through('oidc');
      return gotIn(person);
    });
  }
  provider.forging = {};
}

async function states(trial: Trial): Promise<void> {
  const { place, provider } = trial;
  const begin = async () => {
    provider.identity = { sub: trial.address('s'), email: trial.address('state'), email_verified: true, name: 'S' };
    const person = new Person(place);
    return { person, callback: new URL(await person.callbackFrom('oidc')) };
  };
  const changed = (url: URL, change: (search: URLSearchParams) => void): string => {
    const copy = new URL(url);
    change(copy.searchParams);
    return copy.href;
  };
  for (const [name, change] of Object.entries({
    missing: (search: URLSearchParams) => search.delete('state'),
    empty: (search: URLSearchParams) => search.set('state', ''),
    random: (search: URLSearchParams) => search.set('state', 'x'.repeat(32)),
    cut: (search: URLSearchParams) => search.set('state', (search.get('state') ?? '').slice(0, -1)),
    'no-code': (search: URLSearchParams) => search.delete('code'),
    'other-code': (search: URLSearchParams) => search.set('code', 'f'.repeat(32)),
    'other-issuer': (search: URLSearchParams) => search.set('iss', 'https://evil.test'),
  })) {
    await trial.attempt(`state/${name}`, `a callback with its state or code ${name}`, async () => {
      const { person, callback } = await begin();
      await person.get(changed(callback, change));
      // The issuer parameter is the provider's own word; ours does not promise to send one.
      return name === 'other-issuer' && (await person.who()) === provider.identity['email'] ? undefined : gotIn(person);
    });
  }
  await trial.attempt(
    'state/other-browser',
    'login CSRF: the callback of the attacker in the browser of the victim',
    async () => {
      const { callback } = await begin();
      const victim = new Person(place);
      await victim.get(callback.href);
      return gotIn(victim);
    },
  );
  await trial.attempt('state/swapped', "the attacker's code with the victim's state", async () => {
    const [attacker, victim] = [await begin(), await begin()];
    const code = attacker.callback.searchParams.get('code') ?? '';
    await victim.person.get(changed(victim.callback, (search) => search.set('code', code)));
    return gotIn(victim.person);
  });
  await trial.attempt('state/again', 'a callback used twice', async () => {
    const { person, callback } = await begin();
    await person.get(callback.href);
    await person.post('/auth/sign-out');
    await person.get(callback.href);
    return gotIn(person);
  });
  await trial.attempt('state/mix-up', 'the callback of one provider at the address of another', async () => {
    const { person, callback } = await begin();
    await person.get(callback.href.replace('/callback/oidc', '/callback/google'));
    return gotIn(person);
  });
  await trial.attempt('state/posted', 'a callback that is posted', async () => {
    const { person, callback } = await begin();
    await person.post(callback.pathname, Object.fromEntries(callback.searchParams));
    return gotIn(person);
  });
}

async function requests(trial: Trial): Promise<void> {
  const { place } = trial;
  const begun = async (body: object, headers?: Record<string, string>): Promise<URL | undefined> => {
    const { json } = await new Person(place).post('/auth/sign-in/social', { provider: 'oidc', ...body }, headers);
    return typeof json['url'] === 'string' ? new URL(json['url']) : undefined;
  };
  await trial.attempt('pkce/absent', 'a sign-in begins without PKCE or nonce', async () => {
    const search = (await begun({}))?.searchParams;
    const isProven = search?.get('code_challenge_method') === 'S256' && (search.get('nonce') ?? '').length > 15;
    return isProven ? undefined : 'no S256 challenge and nonce';
  });
  for (const more of [
    { codeVerifier: 'x' },
    { code_challenge_method: 'plain' },
    { additionalParams: { code_challenge_method: 'plain' } },
    { scopes: ['admin'] },
    { redirectURI: 'https://evil.test' },
    { idToken: { token: 'x.y.z' } },
  ]) {
    const name = Object.keys(more)[0] ?? '';
    await trial.attempt(`request/${name}`, `a sign-in that is told ${JSON.stringify(more)}`, async () => {
      const url = await begun(more);
      return url === undefined ? undefined : `was taken: ${url.href}`;
    });
  }
  for (const headers of [
    { 'x-forwarded-host': 'evil.test' },
    { forwarded: 'host=evil.test' },
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.test' },
    { 'x-original-host': 'evil.test' },
  ]) {
    await trial.attempt(
      `redirect-uri/${Object.keys(headers).join('+')}`,
      'a header that says another host',
      async () => {
        const uri = (await begun({}, headers as Record<string, string>))?.searchParams.get('redirect_uri') ?? '';
        return uri === `${place.url}/auth/callback/oidc` ? undefined : `redirect_uri is ${uri}`;
      },
    );
  }
}

async function linking(trial: Trial): Promise<void> {
  const { place, provider } = trial;
  const through = async (identity: Record<string, unknown>): Promise<Person> => {
    provider.identity = { name: 'L', ...identity };
    const person = new Person(place);
    await person.through('oidc');
    return person;
  };
  for (const verified of [false, undefined, 0, null, 'false', [], {}]) {
    const { email } = await trial.person('linked');
    await trial.attempt(
      `linking/unverified-${String(JSON.stringify(verified))}`,
      `an account is taken over by its unproven address (email_verified ${JSON.stringify(verified)})`,
      async () => gotIn(await through({ sub: trial.address('sub'), email, email_verified: verified })),
    );
  }
  await trial.attempt(
    'linking/prepared',
    'somebody signs up with the address of a victim beforehand, and waits',
    async () => {
      const email = trial.address('prepared');
      await new Person(place).post('/auth/sign-up/email', { name: 'Evil', email, password: PASSWORD });
      await through({ sub: trial.address('sub'), email, email_verified: true });
      const attacker = new Person(place);
      await attacker.signIn(email);
      return gotIn(attacker);
    },
  );
  await trial.attempt(
    'linking/other-address',
    'a subject that is known comes with the address of somebody else',
    async () => {
      const { email } = await trial.person('victim');
      const sub = trial.address('sub');
      const own = trial.address('own');
      await through({ sub, email: own, email_verified: true });
      const again = await through({ sub, email, email_verified: true });
      return (await again.who()) === email ? `signed in as ${email}` : undefined;
    },
  );
  await trial.attempt(
    'linking/other-subject',
    'another subject comes with the address of a provider account',
    async () => {
      const email = trial.address('same');
      const first = await through({ sub: trial.address('sub'), email, email_verified: true });
      const second = await through({ sub: trial.address('sub'), email, email_verified: false });
      return (await first.who()) === email && (await second.who()) === email ? 'got into the same account' : undefined;
    },
  );
  await trial.attempt('linking/userinfo-of-another', 'the profile names another subject than the token', async () => {
    const { email } = await trial.person('profile');
    provider.forging = {
      idToken: (claims, self) => self.sign(without(claims, 'email')),
      userInfo: { sub: 'another', email, email_verified: true },
    };
    const person = await through({ sub: trial.address('sub') });
    provider.forging = {};
    return gotIn(person);
  });
  await trial.attempt('linking/role', 'the provider says who is owner', async () => {
    const person = await through({
      sub: trial.address('sub'),
      email: trial.address('role'),
      email_verified: true,
      role: 'owner',
      roles: ['owner'],
      groups: ['owners'],
      organization: 'local',
    });
    const { status } = await person.in('local', 'GET', '/v1/workflows');
    return status === 404 ? undefined : `got ${status} in an organisation`;
  });
}

export const cases: Cases = async (trial) => {
  await forgedTokens(trial);
  await states(trial);
  await requests(trial);
  await linking(trial);
};
