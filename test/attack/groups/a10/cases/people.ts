import { linkTo, PASSWORD, Person } from '../../../../harness/person.ts';
import type { Cases, Trial } from '../trial.ts';

async function guessing(trial: Trial): Promise<void> {
  const { place } = trial;
  await trial.attempt('guess/in-turn', 'the right password after ten wrong ones', async () => {
    const { email } = await trial.person('guessed');
    for (let tries = 0; tries < 10; tries++) await new Person(place).signIn(email, `wrong ${tries}`);
    return (await new Person(place).signIn(email)).status === 429 ? undefined : 'it was looked at';
  });
  await trial.attempt('guess/at-once', 'forty guesses at once', async () => {
    const { email } = await trial.person('burst');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => new Person(place).signIn(email, `wrong ${index}`)),
    );
    const looked = answers.filter(({ status }) => status === 401).length;
    return looked > 10 ? `${looked} were looked at` : undefined;
  });
  for (const [name, spell] of Object.entries({
    capitals: (email: string) => email.toUpperCase(),
    spaces: (email: string) => `  ${email} `,
    tab: (email: string) => `${email}\t`,
  })) {
    await trial.attempt(
      `guess/spelled/${name}`,
      `the address spelled with ${name} has attempts of its own`,
      async () => {
        const { email } = await trial.person('spelled');
        for (let tries = 0; tries < 10; tries++) await new Person(place).signIn(email, `wrong ${tries}`);
        const { status } = await new Person(place).signIn(spell(email));
        return status === 429 || status === 400 ? undefined : `answered ${status}`;
      },
    );
  }
  for (const header of ['x-forwarded-for', 'cf-connecting-ip', 'x-real-ip', 'true-client-ip', 'forwarded']) {
    await trial.attempt(`guess/from/${header}`, `${header} gives attempts of its own`, async () => {
      const { email } = await trial.person('from');
      const answers = [];
      for (let tries = 0; tries < 14; tries++) {
        const value = header === 'forwarded' ? `for=10.0.0.${tries}` : `10.0.0.${tries}`;
        answers.push(
          (
            await new Person(place).post(
              '/auth/sign-in/email',
              { email, password: 'wrong password' },
              { [header]: value },
            )
          ).status,
        );
      }
      return answers.at(-1) === 429 ? undefined : `answered ${answers.join(' ')}`;
    });
  }
  const bodies: [string, (email: string) => [string, Record<string, unknown>]][] = [
    ['sign-in', (email) => ['/auth/sign-in/email', { email, password: 'wrong password' }]],
    ['reset', (email) => ['/auth/request-password-reset', { email }]],
    ['link', (email) => ['/auth/sign-in/magic-link', { email }]],
    ['sign-up', (email) => ['/auth/sign-up/email', { name: 'X', email, password: PASSWORD }]],
    ['confirmation', (email) => ['/auth/send-verification-email', { email }]],
  ];
  for (const [name, body] of bodies) {
    await trial.attempt(`known/${name}`, `${name} tells whether an address has an account`, async () => {
      const { email } = await trial.person('known');
      const nobody = trial.address('known');
      const same = (text: string, address: string) =>
        text.replaceAll(address, '@').replaceAll(/"(id|createdAt|requestId)":"[^"]*"/g, '');
      const [known, unknown] = [
        await new Person(place).post(...body(email)),
        await new Person(place).post(...body(nobody)),
      ];
      const [a, b] = [`${known.status} ${same(known.text, email)}`, `${unknown.status} ${same(unknown.text, nobody)}`];
      return a === b ? undefined : `${a} | ${b}`;
    });
  }
}

async function invitations(trial: Trial): Promise<void> {
  const { place } = trial;
  const { person: owner } = await trial.person('owner');
  const organization = String((await owner.post('/v1/organizations', { name: 'Victim' })).json['id']);
  const invite = async (email: string, role = 'viewer'): Promise<string> => {
    await owner.in(organization, 'POST', '/v1/invitations', { email, role });
    return (await linkTo(place, email, 'invited')).split('#invitation=')[1] ?? '';
  };
  const accept = (person: Person, token: unknown, more: object = {}) =>
    person.post('/v1/account/invitations', { token, ...more });
  const inside = async (person: Person): Promise<string | undefined> => {
    const { status } = await person.in(organization, 'GET', '/v1/workflows');
    return status === 404 || status === 401 ? undefined : `got ${status}`;
  };
  const eve = (await trial.person('eve')).person;
  await trial.attempt('invitation/other-address', 'an invitation taken by another address', async () => {
    await accept(eve, await invite(trial.address('invited')));
    return inside(eve);
  });
  await trial.attempt('invitation/again', 'an invitation used again after its member was removed', async () => {
    const { person, email } = await trial.person('removed');
    const token = await invite(email);
    await accept(person, token);
    const id = (await person.get('/v1/account')).json['id'];
    await owner.in(organization, 'DELETE', `/v1/members/${String(id)}`);
    await accept(person, token);
    return inside(person);
  });
  await trial.attempt('invitation/withdrawn', 'an invitation that was withdrawn', async () => {
    const { person, email } = await trial.person('withdrawn');
    const made = await owner.in(organization, 'POST', '/v1/invitations', { email, role: 'viewer' });
    const token = (await linkTo(place, email, 'invited')).split('#invitation=')[1];
    await owner.in(organization, 'DELETE', `/v1/invitations/${String(made.json['id'])}`);
    await accept(person, token);
    return inside(person);
  });
  await trial.attempt(
    'invitation/unconfirmed',
    'somebody signs up with the invited address and never confirms it',
    async () => {
      const email = trial.address('unconfirmed');
      const token = await invite(email);
      const person = new Person(place);
      await person.post('/auth/sign-up/email', { name: 'X', email, password: PASSWORD });
      await person.signIn(email);
      await accept(person, token);
      return inside(person);
    },
  );
  for (const more of [{ role: 'owner' }, { organization: 'local' }, { tenant: 'local' }, { email: 'x@a10.test' }]) {
    await trial.attempt(
      `invitation/with-${Object.keys(more)[0]}`,
      `accepting is told ${JSON.stringify(more)}`,
      async () => {
        const { person, email } = await trial.person('told');
        const { status } = await accept(person, await invite(email), more);
        return status === 400 ? undefined : `answered ${status}`;
      },
    );
  }
  for (const token of ['', 'inv_', `inv_${'A'.repeat(43)}`, '%', "' OR '1'='1", null, ['x'], { $ne: 1 }]) {
    await trial.attempt(
      `invitation/token-${JSON.stringify(token)}`,
      `an invitation ${JSON.stringify(token)}`,
      async () => {
        const { status } = await accept(eve, token);
        return status === 404 || status === 400 ? inside(eve) : `answered ${status}`;
      },
    );
  }
  await trial.attempt('invitation/shown', 'the link is in an answer', async () => {
    const email = trial.address('shown');
    const made = await owner.in(organization, 'POST', '/v1/invitations', { email, role: 'viewer' });
    const token = (await linkTo(place, email, 'invited')).split('#invitation=')[1] ?? '';
    const list = await owner.in(organization, 'GET', '/v1/invitations');
    return made.text.includes(token) || list.text.includes(token) ? 'it is' : undefined;
  });

  const { person: admin, email: adminEmail } = await trial.person('admin');
  await accept(admin, await invite(adminEmail, 'admin'));
  const ownerId = String((await owner.get('/v1/account')).json['id']);
  const adminId = String((await admin.get('/v1/account')).json['id']);
  const climbs: [string, string, string, unknown][] = [
    ['self-owner', 'PATCH', `/v1/members/${adminId}`, { role: 'owner' }],
    ['owner-down', 'PATCH', `/v1/members/${ownerId}`, { role: 'viewer' }],
    ['owner-out', 'DELETE', `/v1/members/${ownerId}`, undefined],
    ['invite-owner', 'POST', '/v1/invitations', { email: 'climb@a10.test', role: 'owner' }],
    ['key-of-all', 'POST', '/v1/keys', { name: 'all', scopes: ['*'] }],
    ['role-prototype', 'PATCH', `/v1/members/${adminId}`, { role: '__proto__' }],
    ['role-constructor', 'PATCH', `/v1/members/${adminId}`, { role: 'constructor' }],
  ];
  for (const [name, method, path, body] of climbs) {
    await trial.attempt(`climb/${name}`, `an admin tries ${method} ${path}`, async () => {
      const { status } = await admin.in(organization, method, path, body);
      return status >= 400 && status < 500 ? undefined : `answered ${status}`;
    });
  }
  for (const [name, value] of [
    ['other', organization],
    ['local', 'local'],
    ['path', `../${organization}`],
    ['list', `x, ${organization}`],
    ['capitals', organization.toUpperCase()],
    ['proto', '__proto__'],
    ['nul', 'local%00'],
  ] as const) {
    await trial.attempt(
      `organization/${name}`,
      `somebody names an organisation that is not theirs: ${value}`,
      async () => {
        const { status } = await eve.in(value, 'GET', '/v1/workflows');
        return status === 404 || status === 400 ? undefined : `answered ${status}`;
      },
    );
  }
  await trial.attempt('organization/taken', 'somebody makes an organisation with an id that is in use', async () => {
    const { status } = await eve.post('/v1/organizations', { name: 'Evil', id: organization });
    return status === 409 ? inside(eve) : `answered ${status}`;
  });
}

async function assignments(trial: Trial): Promise<void> {
  const { place } = trial;
  for (const more of [
    { emailVerified: true },
    { id: 'usr_1' },
    { role: 'admin' },
    { twoFactorEnabled: false },
    { createdAt: 0 },
    { image: 'javascript:alert(1)' },
    { constructor: 1 },
  ]) {
    await trial.attempt(`assign/${Object.keys(more)[0]}`, `signing up with ${JSON.stringify(more)}`, async () => {
      const { status } = await new Person(place).post('/auth/sign-up/email', {
        name: 'X',
        email: trial.address('assign'),
        password: PASSWORD,
        ...more,
      });
      return status === 400 ? undefined : `answered ${status}`;
    });
  }
  const { person } = await trial.person('closed');
  for (const path of [
    '/list-sessions',
    '/get-access-token',
    '/refresh-token',
    '/update-user',
    '/delete-user',
    '/change-email',
    '/list-accounts',
    '/unlink-account',
    '/account-info',
    '/admin/list-users',
    '/admin/impersonate-user',
    '/organization/create',
    '/api-key/create',
    '/sso/register',
    '/error',
    '/ok',
    '/reference',
    '/jwks',
    '/token',
    '/verify-password',
    '/two-factor/send-otp',
    '/two-factor/get-totp-uri',
    '/sign-in/anonymous',
    '/passkey/update-passkey',
  ]) {
    await trial.attempt(`closed${path.replaceAll('/', '-')}`, `the library's ${path}`, async () => {
      const answers = [await person.get(`/auth${path}`), await person.post(`/auth${path}`)];
      const open = answers.find(({ status }) => status !== 404 && status !== 405);
      return open ? `answered ${open.status}` : undefined;
    });
  }
}

export const cases: Cases = async (trial) => {
  await guessing(trial);
  await invitations(trial);
  await assignments(trial);
};
