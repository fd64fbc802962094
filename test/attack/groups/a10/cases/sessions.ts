import { createHmac } from 'node:crypto';
import { linkTo, PASSWORD, Person } from '../../../../harness/person.ts';
import { Authenticator, totpCode } from '../../../../harness/authenticator.ts';
import type { Cases, Trial } from '../trial.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function forged(trial: Trial): Promise<void> {
  const { place } = trial;
  const { person, email } = await trial.person('session');
  const cookie = decodeURIComponent(person.cookies.get('millrace') ?? '');
  const [token = '', signature = ''] = [
    cookie.slice(0, cookie.lastIndexOf('.')),
    cookie.slice(cookie.lastIndexOf('.') + 1),
  ];
  const sign = (text: string, key: string): string => createHmac('sha256', key).update(text).digest('base64');
  const jwt = `${part({ alg: 'none' })}.${part({ sub: email, email })}.`;
  const tries: Record<string, string> = {
    'token-alone': token,
    'empty-signature': `${token}.`,
    'empty-key': `${token}.${sign(token, '')}`,
    'default-key': `${token}.${sign(token, 'better-auth-secret-12345678901234567890')}`,
    'signature-cut': `${token}.${signature.slice(0, -2)}`,
    'signature-of-another': `${token}x.${signature}`,
    jwt,
    empty: '',
    injection: "' OR 1=1 --",
    wildcard: '%.%',
  };
  for (const [name, value] of Object.entries(tries)) {
    await trial.attempt(`session/cookie/${name}`, `a cookie: ${name}`, async () => {
      const thief = new Person(place);
      thief.cookies.set('millrace', encodeURIComponent(value));
      return (await thief.who()) ?? undefined;
    });
    await trial.attempt(`session/bearer/${name}`, `a bearer: ${name}`, async () => {
      const bearer = `ms_${value.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
      const { json } = await new Person(place).get('/v1/account', {
        authorization: `Bearer ${bearer.replaceAll(/[^\x20-\x7e]/g, '')}`,
      });
      return json['email'] as string | undefined;
    });
  }
  await trial.attempt(
    'session/fixation',
    'the session of the attacker in the browser of the victim, who then signs in',
    async () => {
      const victim = await trial.person('fixed');
      const browser = new Person(place);
      for (const [name, value] of person.cookies) browser.cookies.set(name, value);
      await browser.signIn(victim.email);
      return (await person.who()) === email && browser.cookies.get('millrace') !== person.cookies.get('millrace')
        ? undefined
        : 'the session is shared';
    },
  );
  await trial.attempt('session/after-sign-out', 'a session after signing out', async () => {
    const { person: leaver } = await trial.person('leaver');
    const kept = leaver.cookies.get('millrace') ?? '';
    await leaver.post('/auth/sign-out');
    leaver.cookies.set('millrace', kept);
    return (await leaver.who()) ?? undefined;
  });
  await trial.attempt('session/in-the-address', 'a session in the query', async () => {
    const { status } = await new Person(place).get(`/v1/account?access_token=${encodeURIComponent(cookie)}`);
    return status === 401 ? undefined : `answered ${status}`;
  });
  await trial.attempt('session/listed', 'the token is in an answer about sessions', async () => {
    const texts = await Promise.all(
      ['/v1/account/sessions', '/auth/get-session', '/v1/account'].map(async (path) => (await person.get(path)).text),
    );
    return texts.some((text) => text.includes(token) || text.includes(signature)) ? 'it is' : undefined;
  });
}

async function foreignSites(trial: Trial): Promise<void> {
  const { place } = trial;
  const { person, email } = await trial.person('csrf');
  const changes: [string, unknown][] = [
    ['/auth/sign-out', {}],
    ['/auth/change-password', { currentPassword: PASSWORD, newPassword: 'the password of evil' }],
    ['/auth/two-factor/enable', { password: PASSWORD }],
    ['/auth/link-social', { provider: 'oidc' }],
    ['/v1/organizations', { name: 'Evil' }],
    ['/auth/sign-in/email', { email, password: PASSWORD }],
  ];
  for (const [path, body] of changes) {
    for (const headers of [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { origin: `${place.url}.evil.test` },
      { origin: '', 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.test', 'content-type': 'text/plain' },
    ]) {
      const name = Object.entries(headers)
        .map((pair) => pair.join('='))
        .join('+');
      await trial.attempt(
        `csrf${path.replaceAll('/', '-')}/${name}`,
        `another site sends ${path} with ${name}`,
        async () => {
          const { status } = await person.post(path, body, headers as Record<string, string>);
          return status >= 400 && status < 500 && (await person.who()) === email ? undefined : `answered ${status}`;
        },
      );
    }
  }
}

async function secondFactors(trial: Trial): Promise<void> {
  const { place } = trial;
  const enabled = async (word: string) => {
    const { person, email } = await trial.person(word);
    const { json } = await person.post('/auth/two-factor/enable', { password: PASSWORD });
    const uri = String(json['totpURI']);
    await person.post('/auth/two-factor/verify-totp', { code: await totpCode(uri) });
    return { person, email, uri, codes: json['backupCodes'] as string[] };
  };
  const half = async (email: string): Promise<Person> => {
    const browser = new Person(place);
    await browser.signIn(email);
    return browser;
  };
  const ada = await enabled('factor');
  await trial.attempt(
    'factor/skipped',
    'the API is called between password and code',
    async () => (await (await half(ada.email)).who()) ?? undefined,
  );
  await trial.attempt('factor/challenge-as-session', 'the challenge is shown as a session', async () => {
    const browser = await half(ada.email);
    browser.cookies.set('millrace', browser.cookies.get('millrace.two_factor') ?? '');
    return (await browser.who()) ?? undefined;
  });
  await trial.attempt('factor/replay', 'a code used twice', async () => {
    const [first, second] = [await half(ada.email), await half(ada.email)];
    const code = await totpCode(ada.uri, 1);
    await first.post('/auth/two-factor/verify-totp', { code });
    await second.post('/auth/two-factor/verify-totp', { code });
    return (await first.who()) === undefined ? 'the honest code did not work' : ((await second.who()) ?? undefined);
  });
  await trial.attempt('factor/code-of-another', 'the code of another person', async () => {
    const eve = await enabled('eve');
    const browser = await half(ada.email);
    await browser.post('/auth/two-factor/verify-totp', { code: await totpCode(eve.uri, 1) });
    await browser.post('/auth/two-factor/verify-backup-code', { code: eve.codes[0] });
    return (await browser.who()) ?? undefined;
  });
  await trial.attempt('factor/guessed', 'thirty codes at once', async () => {
    const bob = await enabled('guessed');
    const browser = await half(bob.email);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        browser.post('/auth/two-factor/verify-totp', { code: String(200_000 + index) }),
      ),
    );
    const looked = answers.filter(({ json }) => json['code'] === 'invalid-code').length;
    return looked > 6 ? `${looked} were looked at` : ((await browser.who()) ?? undefined);
  });
  for (const [name, code] of Object.entries({
    empty: '',
    null: null,
    list: ['000000'],
    number: 0,
    object: { $gt: '' },
    letters: 'abcdef',
    wide: '１２３４５６',
  })) {
    await trial.attempt(`factor/code-${name}`, `a code that is ${name}`, async () => {
      const browser = await half(ada.email);
      const { status } = await browser.post('/auth/two-factor/verify-totp', { code });
      return status === 400 ? ((await browser.who()) ?? undefined) : `answered ${status}`;
    });
  }
  await trial.attempt('factor/recovery-twice', 'a recovery code used twice', async () => {
    const bob = await enabled('recovery');
    await (await half(bob.email)).post('/auth/two-factor/verify-backup-code', { code: bob.codes[0] });
    const second = await half(bob.email);
    await second.post('/auth/two-factor/verify-backup-code', { code: bob.codes[0] });
    return (await second.who()) ?? undefined;
  });
  await trial.attempt('factor/link', 'a link by mail instead of a code', async () => {
    const bob = await enabled('mailed');
    await new Person(place).post('/auth/sign-in/magic-link', { email: bob.email });
    const browser = new Person(place);
    await browser.get(await linkTo(place, bob.email, 'sign-in link'));
    return (await browser.who()) ?? undefined;
  });
  for (const password of [undefined, '', 'wrong password', null]) {
    await trial.attempt(
      `factor/disabled-${String(password)}`,
      'a stolen session turns it off without the password',
      async () => {
        const bob = await enabled('off');
        await bob.person.post('/auth/two-factor/disable', { password });
        const browser = await half(bob.email);
        return (await browser.who()) ?? undefined;
      },
    );
  }
}

async function passkeys(trial: Trial): Promise<void> {
  const { place } = trial;
  // Passkeys need a name: the deployment is on the loopback address, which has one.
  const local = { ...place, url: place.url.replace('127.0.0.1', 'localhost') };
  const { email } = await trial.person('passkey');
  const owner = new Person(local);
  await owner.signIn(email);
  const device = await Authenticator.make();
  const origin = local.url;
  const options = await owner.get('/auth/passkey/generate-register-options');
  const about = { rpId: 'localhost', origin };
  await owner.post('/auth/passkey/verify-registration', {
    response: await device.register({ ...about, challenge: String(options.json['challenge']) }),
  });
  const enter = async (
    how: { origin?: string; rpId?: string; isUserVerified?: boolean; challenge?: string },
    by = device,
  ) => {
    const browser = new Person(local);
    const { json } = await browser.get('/auth/passkey/generate-authenticate-options');
    const response = await by.assert({ ...about, challenge: String(json['challenge']), ...how });
    await browser.post('/auth/passkey/verify-authentication', { response });
    return { browser, response };
  };
  await trial.attempt('passkey/control', 'the honest passkey works (else the others say nothing)', async () =>
    (await (await enter({})).browser.who()) === email ? undefined : 'it does not',
  );
  for (const [name, how] of Object.entries({
    'other-origin': { origin: 'https://evil.test' },
    'other-site': { rpId: 'evil.test' },
    'not-verified': { isUserVerified: false },
    'other-challenge': { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' },
  })) {
    await trial.attempt(
      `passkey/${name}`,
      `an assertion: ${name}`,
      async () => (await (await enter(how)).browser.who()) ?? undefined,
    );
  }
  await trial.attempt('passkey/replay', 'an assertion used twice', async () => {
    const { response } = await enter({});
    const thief = new Person(local);
    await thief.get('/auth/passkey/generate-authenticate-options');
    await thief.post('/auth/passkey/verify-authentication', { response });
    return (await thief.who()) ?? undefined;
  });
  await trial.attempt('passkey/stranger', 'the id of a passkey with the key of another', async () => {
    const stranger = await Authenticator.make();
    const browser = new Person(local);
    const { json } = await browser.get('/auth/passkey/generate-authenticate-options');
    const challenge = String(json['challenge']);
    const [honest, forgery] = [
      await device.assert({ ...about, challenge }),
      await stranger.assert({ ...about, challenge }),
    ];
    await browser.post('/auth/passkey/verify-authentication', {
      response: { ...forgery, id: honest.id, rawId: honest.rawId },
    });
    return (await browser.who()) ?? undefined;
  });
}

export const cases: Cases = async (trial) => {
  await forged(trial);
  await foreignSites(trial);
  await secondFactors(trial);
  await passkeys(trial);
};
