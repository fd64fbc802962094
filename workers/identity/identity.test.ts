import { describe, it } from 'vitest';
import { Authenticator, totpCode } from '../../test/harness/authenticator.ts';
import { testEnv } from '../kit/testing.ts';
import { PATHS } from './paths.ts';
import { Browser, mailTo, ORIGIN, PASSWORD, pathOf, signedIn } from './testing.ts';

const signIn = (email: string, password = PASSWORD) => new Browser().post('/auth/sign-in/email', { email, password });

describe('[IDN19] mails', () => {
  const reset = async (email: string, speaks: string): Promise<string> => {
    await testEnv.DB.prepare('DELETE FROM mails WHERE recipient = ?').bind(email).run();
    await new Browser().post('/auth/request-password-reset', { email }, { 'accept-language': speaks });
    return (await mailTo(email)).subject;
  };

  it('are in the language their reader chose, whoever asks for them', async ({ expect }) => {
    const email = 'grete@language.test';
    const browser = new Browser();
    const german = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };
    await browser.post('/auth/sign-up/email', { name: 'Grete', email, password: PASSWORD }, german);
    const { link, text } = await mailTo(email, 'Bestätigen');
    expect(text).toContain('dass dies Ihre Adresse ist');
    await browser.get(pathOf(link));
    expect(await reset(email, 'en')).toBe('Choose a new password');
    await browser.post('/auth/sign-in/email', { email, password: PASSWORD }, german);
    expect((await browser.get('/v1/account')).body).toMatchObject({ language: 'de' });
    expect(await reset(email, 'en')).toBe('Wählen Sie ein neues Passwort');
    expect((await browser.call('PATCH', '/v1/account', { language: 'en' })).body).toMatchObject({
      name: 'Grete',
      language: 'en',
    });
    expect(await reset(email, 'de')).toBe('Choose a new password');
    expect((await browser.call('PATCH', '/v1/account', { language: 'tlh' })).status).toBe(400);
  });
});

describe('signing up', () => {
  it('[IDN1] needs the address confirmed before anybody gets in', async ({ expect }) => {
    const browser = new Browser();
    const up = await browser.post('/auth/sign-up/email', { name: 'Ada', email: 'ADA@up.test', password: PASSWORD });
    expect(up).toMatchObject({ status: 200, body: { user: { email: 'ada@up.test', emailVerified: false } } });
    expect(up.headers.getSetCookie()).toEqual([]);
    const early = await browser.post('/auth/sign-in/email', { email: 'ada@up.test', password: PASSWORD });
    expect(early).toMatchObject({ status: 403, body: { code: 'email-not-verified' } });
    const { link } = await mailTo('ada@up.test', 'Confirm');
    expect(link.startsWith(`${ORIGIN}/auth/verify-email?token=`)).toBe(true);
    expect((await browser.get(pathOf(link))).status).toBe(302);
    const done = await browser.post('/auth/sign-in/email', { email: 'ada@up.test', password: PASSWORD });
    expect(done).toMatchObject({
      status: 200,
      body: { token: expect.stringMatching(/^ms_\w+\.[\w-]{43}$/) as string },
    });
    expect(done.headers.getSetCookie()[0]).toMatch(/^__Host-millrace=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const who = await browser.get('/auth/get-session');
    expect(who.body).toMatchObject({ user: { email: 'ada@up.test', name: 'Ada' } });
    expect(JSON.stringify(who.body)).not.toContain('token');
  });

  it('[IDN2] answers alike whether an address is known: sign-up, sign-in, reset, link, confirmation', async ({
    expect,
  }) => {
    await signedIn('known@alike.test');
    const tries = (email: string): [string, Record<string, unknown>][] => [
      ['/auth/sign-up/email', { name: 'X', email, password: 'another password' }],
      ['/auth/sign-in/email', { email, password: 'wrong password' }],
      ['/auth/request-password-reset', { email }],
      ['/auth/sign-in/magic-link', { email }],
      ['/auth/send-verification-email', { email }],
    ];
    const shape = (text: string) =>
      text
        .replaceAll(/known@alike\.test|nobody@alike\.test/g, 'E')
        .replaceAll(/"(id|createdAt|requestId)":"[^"]+"/g, '"$1":0');
    for (const [index, [path, body]] of tries('known@alike.test').entries()) {
      const known = await new Browser().post(path, body);
      const unknown = await new Browser().post(path, tries('nobody@alike.test')[index]?.[1]);
      expect([unknown.status, shape(JSON.stringify(unknown.body))], path).toEqual([
        known.status,
        shape(JSON.stringify(known.body)),
      ]);
    }
    expect((await mailTo('known@alike.test', 'already')).text).toContain('account already');
  });

  it('[IDN3] names every fault, and takes no field it does not know', async ({ expect }) => {
    const answer = await new Browser().post('/auth/sign-up/email', {
      name: '',
      email: 'not an address',
      password: 'short',
      role: 'admin',
      emailVerified: true,
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'input-invalid' } });
    const pointers = (answer.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual(['/email', '/emailVerified', '/name', '/password', '/role']);
    expect((await new Browser().post('/auth/sign-up/email', '{"a":1,')).body).toMatchObject({ code: 'json-invalid' });
    const form = await new Browser().post('/auth/sign-in/email', 'email=a', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(form.body).toMatchObject({ code: 'media-type-unsupported' });
  });
});

describe('passwords', () => {
  it('[IDN4] are stored as scrypt, and never twice alike', async ({ expect }) => {
    await Promise.all(['a@hash.test', 'b@hash.test'].map((email) => signedIn(email)));
    const { results } = await testEnv.DB.prepare(
      "SELECT password FROM accounts a JOIN users u ON u.id = a.user_id WHERE u.email LIKE '%@hash.test'",
    ).all<{ password: string }>();
    const [a, b] = results.map(({ password }) => password);
    expect(a).toMatch(/^scrypt\$15\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(a).not.toBe(b);
  });

  it('[IDN5] are locked after ten mistakes, for the right one too, and open again after a reset', async ({
    expect,
  }) => {
    await signedIn('ada@lock.test');
    const answers = [];
    for (let tries = 0; tries < 12; tries++) answers.push((await signIn('ada@lock.test', `wrong ${tries}`)).status);
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    const right = await signIn('ada@lock.test');
    expect(right).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(600);
    const many = await Promise.all(Array.from({ length: 20 }, () => signIn('nobody@lock.test', 'x')));
    expect(many.filter(({ status }) => status === 401).length).toBe(10);
    expect((await signIn('bob@lock.test')).status).toBe(401);
  });

  it('[IDN6] are reset by a link that works once, which ends every session', async ({ expect }) => {
    const ada = await signedIn('ada@reset.test');
    const asked = await new Browser().post('/auth/request-password-reset', {
      email: 'ada@reset.test',
      redirectTo: '/new-password',
    });
    expect(JSON.stringify(asked.body)).not.toMatch(/token|reset-password\//);
    const { link } = await mailTo('ada@reset.test', 'new password');
    const opened = await new Browser().get(pathOf(link));
    const location = new URL(opened.headers.get('location') ?? '');
    expect([opened.status, location.origin, location.pathname]).toEqual([302, ORIGIN, '/new-password']);
    const token = location.searchParams.get('token') ?? '';
    const { results } = await testEnv.DB.prepare('SELECT identifier FROM verifications').all<{ identifier: string }>();
    expect(JSON.stringify(results)).not.toContain(token);
    const reset = (newPassword: string) => new Browser().post('/auth/reset-password', { token, newPassword });
    expect((await reset('short')).body).toMatchObject({ errors: [{ pointer: '/newPassword' }] });
    const both = await Promise.all([reset('first new password'), reset('second new password')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await ada.get('/v1/account')).body).toMatchObject({ code: 'session-invalid' });
    expect((await signIn('ada@reset.test')).status).toBe(401);
    const won = both[0]?.status === 200 ? 'first' : 'second';
    expect((await signIn('ada@reset.test', `${won} new password`)).status).toBe(200);
    expect((await mailTo('ada@reset.test', 'was changed')).text).toContain('If it was not you');
  });

  it('[IDN6] are changed by who knows the old one, which ends the other sessions', async ({ expect }) => {
    const ada = await signedIn('ada@change.test');
    const other = new Browser();
    await other.post('/auth/sign-in/email', { email: 'ada@change.test', password: PASSWORD });
    const change = (currentPassword: string) =>
      ada.post('/auth/change-password', { currentPassword, newPassword: 'a changed password' });
    expect((await change('wrong password')).status).toBe(400);
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await other.get('/auth/get-session')).body).toEqual({ user: null, session: null });
    expect((await ada.get('/v1/account')).status).toBe(200);
  });
});

describe('links by mail', () => {
  it('[IDN7] sign in once, and make an account where there was none', async ({ expect }) => {
    const asked = await new Browser().post('/auth/sign-in/magic-link', {
      email: 'new@magic.test',
      name: 'New',
      callbackURL: '/here',
    });
    expect(asked).toMatchObject({ status: 200, body: { status: true } });
    const { link } = await mailTo('new@magic.test', 'sign-in link');
    const [first, second] = [new Browser(), new Browser()];
    const opened = await first.get(pathOf(link));
    expect([opened.status, opened.headers.get('location')]).toEqual([302, `${ORIGIN}/here`]);
    expect((await first.get('/v1/account')).body).toMatchObject({ email: 'new@magic.test', name: 'New' });
    expect((await second.get(pathOf(link))).headers.get('location')).toContain('error=INVALID_TOKEN');
    expect(second.cookies.size).toBe(0);
  });

  it('[IDN8] end at our own pages, whatever they were asked for', async ({ expect }) => {
    for (const callbackURL of [
      '//evil.test',
      '/\\evil.test',
      'https://evil.test',
      'javascript:alert(1)',
      '/\u0009/evil.test',
      'evil',
      '\\\\evil.test',
      'https:evil.test',
      '/%0d%0aLocation: x',
    ]) {
      const asked = await new Browser().post('/auth/sign-in/magic-link', { email: 'x@open.test', callbackURL });
      expect([asked.status, callbackURL]).toEqual([callbackURL.startsWith('/%') ? asked.status : 400, callbackURL]);
    }
  });
});

describe('a second factor', () => {
  async function withCode(email: string) {
    const ada = await signedIn(email);
    expect_(await ada.post('/auth/two-factor/enable', { password: 'wrong password' }), 400);
    const { body } = await ada.post('/auth/two-factor/enable', { password: PASSWORD });
    const uri = String(body['totpURI']);
    expect_(await ada.post('/auth/two-factor/verify-totp', { code: await totpCode(uri) }), 200);
    return { ada, uri, codes: body['backupCodes'] as string[] };
  }
  const expect_ = (answer: { status: number; body: unknown }, status: number): void => {
    if (answer.status !== status) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  };

  it('[IDN9] is asked for after the password; a code works once', async ({ expect }) => {
    const { uri } = await withCode('ada@totp.test');
    const [first, second] = [new Browser(), new Browser()];
    for (const browser of [first, second]) {
      const half = await browser.post('/auth/sign-in/email', { email: 'ada@totp.test', password: PASSWORD });
      expect(half.body).toMatchObject({ twoFactorRedirect: true });
      expect(half.body['token']).toBeUndefined();
      expect([...browser.cookies.keys()]).toEqual(['__Host-millrace.two_factor']);
      expect((await browser.get('/v1/account')).status).toBe(401);
    }
    const code = await totpCode(uri, 1);
    expect((await first.post('/auth/two-factor/verify-totp', { code })).body['token']).toMatch(/^ms_/);
    expect((await first.get('/v1/account')).status).toBe(200);
    expect(await second.post('/auth/two-factor/verify-totp', { code })).toMatchObject({
      status: 401,
      body: { code: 'code-used' },
    });
    expect((await second.get('/v1/account')).status).toBe(401);
  });

  it('[IDN9] is not guessed, at once or in turn', async ({ expect }) => {
    await withCode('ada@guess.test');
    const browser = new Browser();
    await browser.post('/auth/sign-in/email', { email: 'ada@guess.test', password: PASSWORD });
    const codes = Array.from({ length: 12 }, (_, index) => String(100_000 + index));
    const answers = await Promise.all(codes.map((code) => browser.post('/auth/two-factor/verify-totp', { code })));
    expect(answers.every(({ status }) => status >= 400 && status < 500)).toBe(true);
    expect((await browser.get('/v1/account')).status).toBe(401);
  });

  it('[IDN10] is made up for by recovery codes, each once', async ({ expect }) => {
    const { codes } = await withCode('ada@recover.test');
    const use = async (code: string) => {
      const browser = new Browser();
      await browser.post('/auth/sign-in/email', { email: 'ada@recover.test', password: PASSWORD });
      return (await browser.post('/auth/two-factor/verify-backup-code', { code })).status;
    };
    expect(codes.length).toBe(10);
    expect([
      await use(codes[0] ?? ''),
      await use(codes[0] ?? ''),
      await use(codes[1] ?? ''),
      await use('aaaaa-bbbbb'),
    ]).toEqual([200, 401, 200, 401]);
  });

  it('[IDN11] is not gone around by a link by mail', async ({ expect }) => {
    await withCode('ada@around.test');
    await new Browser().post('/auth/sign-in/magic-link', { email: 'ada@around.test' });
    const browser = new Browser();
    const opened = await browser.get(pathOf((await mailTo('ada@around.test', 'sign-in link')).link));
    expect(opened.headers.get('location')).toContain('error=');
    expect((await browser.get('/v1/account')).status).toBe(401);
  });
});

describe('passkeys', () => {
  const place = { rpId: 'millrace.test', origin: ORIGIN };

  it('[IDN12] sign in without a password, where the device checked who holds it', async ({ expect }) => {
    const ada = await signedIn('ada@passkey.test');
    const device = await Authenticator.make();
    const options = await ada.get('/auth/passkey/generate-register-options');
    const made = await ada.post('/auth/passkey/verify-registration', {
      response: await device.register({ ...place, challenge: String(options.body['challenge']) }),
      name: 'Laptop',
    });
    expect(made).toMatchObject({ status: 200, body: { name: 'Laptop' } });
    expect((await ada.get('/auth/passkey/list-user-passkeys')).body).toMatchObject({ passkeys: [{ name: 'Laptop' }] });
    const enter = async (how: { origin?: string; isUserVerified?: boolean; challenge?: string } = {}) => {
      const browser = new Browser();
      const asked = await browser.get('/auth/passkey/generate-authenticate-options');
      const response = await device.assert({ ...place, challenge: String(asked.body['challenge']), ...how });
      return { browser, response, answer: await browser.post('/auth/passkey/verify-authentication', { response }) };
    };
    const { answer, browser, response } = await enter();
    expect(answer).toMatchObject({ status: 200, body: { token: expect.stringMatching(/^ms_/) as string } });
    expect((await browser.get('/v1/account')).body).toMatchObject({ email: 'ada@passkey.test' });
    expect((await new Browser().post('/auth/passkey/verify-authentication', { response })).status).toBe(400);
    for (const how of [{ origin: 'https://evil.test' }, { isUserVerified: false }, { challenge: 'AAAA' }]) {
      const refused = await enter(how);
      expect(refused.answer.status, JSON.stringify(how)).toBeGreaterThanOrEqual(400);
      expect((await refused.browser.get('/v1/account')).status).toBe(401);
    }
  });
});

describe('the addresses of /auth', () => {
  it('[IDN13] are those we list, and nothing else the library has', async ({ expect }) => {
    const ada = await signedIn('ada@paths.test');
    for (const [method, path] of [
      ['GET', '/list-sessions'],
      ['POST', '/update-user'],
      ['POST', '/delete-user'],
      ['POST', '/change-email'],
      ['GET', '/list-accounts'],
      ['POST', '/get-access-token'],
      ['POST', '/refresh-token'],
      ['POST', '/unlink-account'],
      ['POST', '/revoke-session'],
      ['POST', '/two-factor/send-otp'],
      ['POST', '/two-factor/get-totp-uri'],
      ['GET', '/ok'],
      ['GET', '/error'],
      ['GET', '/../v1/account'],
      ['POST', '/sign-in/email/'],
    ] as const) {
      const answer = await ada.call(method, `/auth${path}`, method === 'POST' ? {} : undefined);
      expect([400, 404, 405].includes(answer.status) || path.startsWith('/..'), `${path} ${answer.status}`).toBe(true);
    }
    expect((await ada.call('DELETE', '/auth/sign-out')).headers.get('allow')).toBe('POST');
    for (const { path } of PATHS) expect(path.startsWith('/')).toBe(true);
  });

  it('[IDN14] take no change from another site, with or without a cookie', async ({ expect }) => {
    const ada = await signedIn('ada@csrf.test');
    for (const headers of [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { origin: `${ORIGIN}.evil.test` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      for (const browser of [ada, new Browser()]) {
        const answer = await browser.post(
          '/auth/sign-in/email',
          { email: 'ada@csrf.test', password: PASSWORD },
          headers as Record<string, string>,
        );
        expect(answer, JSON.stringify(headers)).toMatchObject({ status: 403, body: { code: 'origin-refused' } });
      }
    }
    expect((await ada.post('/auth/sign-out', {}, { origin: 'https://evil.test' })).status).toBe(403);
    expect((await ada.get('/v1/account')).status).toBe(200);
    expect((await ada.post('/auth/sign-out')).status).toBe(200);
    expect((await ada.get('/v1/account')).status).toBe(401);
  });

  it('[IDN15] give each sign-in a session of its own, whatever was sent along', async ({ expect }) => {
    const ada = await signedIn('ada@fix.test');
    const fixed = ada.cookies.get('__Host-millrace') ?? '';
    const victim = new Browser();
    victim.cookies.set('__Host-millrace', fixed).set('millrace', fixed);
    await signedIn('bob@fix.test');
    await victim.post('/auth/sign-in/email', { email: 'bob@fix.test', password: PASSWORD });
    expect(victim.cookies.get('__Host-millrace')).not.toBe(fixed);
    expect((await ada.get('/v1/account')).body).toMatchObject({ email: 'ada@fix.test' });
    const plain = new Browser();
    plain.cookies.set('millrace', victim.cookies.get('__Host-millrace') ?? '');
    expect((await plain.get('/v1/account')).status).toBe(401);
  });
});
