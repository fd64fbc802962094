import { createHmac } from 'node:crypto';
import { linkTo, mailsOf, PASSWORD, pathOf, Person } from '../../../../harness/person.ts';
import type { Cases, Trial } from '../trial.ts';

/** What a browser would take for another site, or for a script. */
const ELSEWHERE = [
  '//evil.test',
  '///evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  'https://evil.test',
  'https:evil.test',
  'http:/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  'javascript:alert(1)',
  'data:text/html,x',
  'https://127.0.0.1@evil.test',
  'evil.test',
  '.evil.test',
  '@evil.test',
];

async function openRedirects(trial: Trial): Promise<void> {
  const { place } = trial;
  const { origin } = new URL(place.url);
  const asks: [string, string, (to: string) => Promise<string | null>][] = [
    ...(
      [
        ['sign-up', '/auth/sign-up/email', { name: 'X', password: PASSWORD }, 'callbackURL'],
        ['magic-link', '/auth/sign-in/magic-link', {}, 'callbackURL'],
        ['reset', '/auth/request-password-reset', {}, 'redirectTo'],
        ['verification', '/auth/send-verification-email', {}, 'callbackURL'],
      ] as const
    ).map(([name, path, body, field]): [string, string, (to: string) => Promise<string | null>] => [
      name,
      `${field} of ${path}`,
      async (to) => {
        const answer = await new Person(place).post(path, { ...body, email: trial.address('redirect'), [field]: to });
        return answer.status === 400 ? null : 'taken';
      },
    ]),
    ...['callbackURL', 'errorCallbackURL', 'newUserCallbackURL'].map(
      (field): [string, string, (to: string) => Promise<string | null>] => [
        `social-${field}`,
        `${field} of a provider's sign-in`,
        async (to) =>
          (await new Person(place).post('/auth/sign-in/social', { provider: 'oidc', [field]: to })).status === 400
            ? null
            : 'taken',
      ],
    ),
    ...[
      '/auth/verify-email?token=12345678&callbackURL=',
      '/auth/magic-link/verify?token=12345678&callbackURL=',
      '/auth/magic-link/verify?token=12345678&errorCallbackURL=',
      '/auth/reset-password/12345678?callbackURL=',
    ].map((path): [string, string, (to: string) => Promise<string | null>] => [
      `get${path.replaceAll(/[^a-z-]+/gi, '-')}`,
      `a link ${path}…`,
      async (to) => {
        const location = (await new Person(place).get(path + encodeURIComponent(to))).headers.get('location');
        return location === null || new URL(location, origin).origin === origin ? null : location;
      },
    ]),
  ];
  for (const [name, about, ask] of asks) {
    for (const [index, to] of ELSEWHERE.entries()) {
      await trial.attempt(
        `redirect/${name}/${index}`,
        `${about} is ${JSON.stringify(to)}`,
        async () => (await ask(to)) ?? undefined,
      );
    }
  }
}

async function resets(trial: Trial): Promise<void> {
  const { place } = trial;
  const ask = (email: string, headers?: Record<string, string>) =>
    new Person(place).post('/auth/request-password-reset', { email, redirectTo: '/' }, headers);
  const tokenFor = async (email: string): Promise<string> => {
    await ask(email);
    return /reset-password\/([\w-]+)/.exec(await linkTo(place, email, 'new password'))?.[1] ?? '';
  };
  const reset = (token: unknown, more: object = {}) =>
    new Person(place).post('/auth/reset-password', { token, newPassword: 'the password of evil', ...more });
  const isTaken = async (email: string): Promise<string | undefined> =>
    (await new Person(place).signIn(email, 'the password of evil')).status === 200
      ? 'the password was changed'
      : undefined;

  await trial.attempt('reset/in-the-answer', 'the token is in the answer', async () => {
    const { email } = await trial.person('answer');
    const { text, headers } = await ask(email);
    const token = await tokenFor(email);
    return text.includes(token) || /reset-password\/\w{10}/.test(text + JSON.stringify([...headers]))
      ? text
      : undefined;
  });
  for (const headers of [
    { 'x-forwarded-host': 'evil.test' },
    { forwarded: 'host=evil.test;proto=https' },
    { 'x-host': 'evil.test' },
  ]) {
    await trial.attempt(
      `reset/host/${Object.keys(headers)[0]}`,
      'a header makes the link in the mail lead elsewhere',
      async () => {
        const { email } = await trial.person('host');
        await ask(email, headers as Record<string, string>);
        const link = await linkTo(place, email, 'new password');
        return link.startsWith(`${place.url}/auth/`) ? undefined : link;
      },
    );
  }
  await trial.attempt('reset/again', 'a token used twice', async () => {
    const { email } = await trial.person('again');
    const token = await tokenFor(email);
    await reset(token, { newPassword: 'a new password by its owner' });
    await reset(token);
    return isTaken(email);
  });
  await trial.attempt('reset/at-once', 'a token used twenty times at once', async () => {
    const { email } = await trial.person('at-once');
    const token = await tokenFor(email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => reset(token)));
    const passed = answers.filter(({ status }) => status === 200).length;
    return passed > 1 ? `${passed} passed` : undefined;
  });
  for (const [name, token] of Object.entries({
    empty: '',
    null: null,
    list: ['x'],
    object: { $ne: '' },
    wildcard: '%%%%%%%%',
    zero: '00000000',
    long: 'x'.repeat(2_000),
  })) {
    await trial.attempt(`reset/token-${name}`, `a token that is ${name}`, async () => {
      const { status } = await reset(token);
      return status >= 400 && status < 500 ? undefined : `answered ${status}`;
    });
  }
  await trial.attempt('reset/other-purpose', 'the token of a sign-in link resets a password', async () => {
    const { email } = await trial.person('purpose');
    await new Person(place).post('/auth/sign-in/magic-link', { email });
    const link = new URL(await linkTo(place, email, 'sign-in link'));
    await reset(link.searchParams.get('token'));
    return isTaken(email);
  });
  await trial.attempt('reset/sessions-stay', 'a stolen session outlives the reset', async () => {
    const { person, email } = await trial.person('outlives');
    await reset(await tokenFor(email), { newPassword: 'a new password by its owner' });
    return (await person.who()) === undefined ? undefined : 'still signed in';
  });
  await trial.attempt(
    'reset/unverified',
    'a reset for an address that was never confirmed signs somebody in',
    async () => {
      const email = trial.address('unverified');
      const person = new Person(place);
      await person.post('/auth/sign-up/email', { name: 'X', email, password: PASSWORD });
      await person.signIn(email);
      return (await person.who()) === undefined ? undefined : 'signed in';
    },
  );
}

/** The token by which an address is confirmed is a JWT: everything that is tried on those. */
async function confirmations(trial: Trial): Promise<void> {
  const { place } = trial;
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const email = trial.address('confirm');
  const signUp = new Person(place);
  await signUp.post('/auth/sign-up/email', { name: 'X', email, password: PASSWORD });
  const honest = new URL(await linkTo(place, email, 'Confirm')).searchParams.get('token') ?? '';
  const [header = '', payload = '', signature = ''] = honest.split('.');
  const victim = trial.address('confirm-victim');
  await signUp.post('/auth/sign-up/email', { name: 'X', email: victim, password: PASSWORD });
  const claims = {
    ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object),
    email: victim,
    userId: undefined,
  };
  const hmac = (head: object, key: string): string => {
    const text = `${part(head)}.${part(claims)}`;
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };
  for (const [name, token] of Object.entries({
    'alg-none': `${part({ alg: 'none' })}.${part(claims)}.`,
    'alg-none-signed': `${part({ alg: 'none' })}.${part(claims)}.${signature}`,
    exchanged: `${header}.${part(claims)}.${signature}`,
    'empty-key': hmac({ alg: 'HS256' }, ''),
    'default-key': hmac({ alg: 'HS256' }, 'better-auth-secret-12345678901234567890'),
    'kid-null-device': hmac({ alg: 'HS256', kid: '/dev/null' }, ''),
    'jwk-in-the-header': hmac({ alg: 'HS256', jwk: { kty: 'oct', k: '' } }, ''),
    'alg-rs': hmac({ alg: 'RS256' }, ''),
    'signature-cut': `${header}.${part(claims)}.`,
    'moves-the-address': `${header}.${part({ ...claims, updateTo: victim })}.${signature}`,
  })) {
    await trial.attempt(`confirm/${name}`, `an address is confirmed by a token: ${name}`, async () => {
      await new Person(place).get(`/auth/verify-email?token=${encodeURIComponent(token)}`);
      const person = new Person(place);
      const { status } = await person.signIn(victim);
      return status === 200 ? 'the address counts as confirmed' : undefined;
    });
  }
}

async function magicLinks(trial: Trial): Promise<void> {
  const { place } = trial;
  await trial.attempt('link/again', 'a sign-in link used twice', async () => {
    const { email } = await trial.person('twice');
    await new Person(place).post('/auth/sign-in/magic-link', { email });
    const path = pathOf(await linkTo(place, email, 'sign-in link'));
    await new Person(place).get(path);
    const second = new Person(place);
    await second.get(path);
    return (await second.who()) === undefined ? undefined : 'signed in twice';
  });
  await trial.attempt('link/at-once', 'a sign-in link used ten times at once', async () => {
    const { email } = await trial.person('burst');
    await new Person(place).post('/auth/sign-in/magic-link', { email });
    const path = pathOf(await linkTo(place, email, 'sign-in link'));
    const all = Array.from({ length: 10 }, () => new Person(place));
    await Promise.all(all.map((each) => each.get(path)));
    const inside = (await Promise.all(all.map((each) => each.who()))).filter((who) => who !== undefined).length;
    return inside > 1 ? `${inside} were signed in` : undefined;
  });
  await trial.attempt('link/in-the-answer', 'the link is in the answer', async () => {
    const { email } = await trial.person('shown');
    const { text } = await new Person(place).post('/auth/sign-in/magic-link', { email });
    return text === '{"status":true}' ? undefined : text;
  });
  await trial.attempt('link/header-injection', 'an address or name adds headers or recipients to a mail', async () => {
    const wrong: string[] = [];
    for (const email of [
      'a@a10.test\r\nBcc: evil@evil.test',
      'a@a10.test,evil@evil.test',
      '"a@a10.test" <evil@evil.test>',
      'a@a10.test\u0000',
    ]) {
      const { status } = await new Person(place).post('/auth/sign-in/magic-link', { email });
      if (status !== 400) wrong.push(`${JSON.stringify(email)} ${status}`);
    }
    if ((await mailsOf(place)).some(({ to }) => to.includes('evil'))) wrong.push('a mail went to evil');
    return wrong.length > 0 ? wrong.join(', ') : undefined;
  });
}

export const cases: Cases = async (trial) => {
  await openRedirects(trial);
  await resets(trial);
  await confirmations(trial);
  await magicLinks(trial);
};
