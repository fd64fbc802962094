import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, it } from 'vitest';
import { selfSigned } from '../../../test/harness/certificate.ts';
import { startSlapd } from '../../../test/harness/slapd.ts';
import { nodeConnect } from '../../../test/harness/sockets.ts';
import { fakePorts, LOCAL } from '../../executor/testing/fakes.ts';
import { LdapError } from './error.ts';
import { filterWith } from './filter.ts';
import { LdapSettings } from '../../../core/sso/ldap.ts';
import { type LdapLogin, ldapProbe, ldapSignIn } from './sign-in.ts';

const certificate = selfSigned();
const slapd = await startSlapd(certificate);
afterAll(() => slapd?.stop());

type Given = Partial<Record<keyof LdapSettings, string | number>>;

function directory(
  more: Given = {},
  { ca = certificate?.cert, policy = LOCAL, bindPassword = slapd?.bindPassword ?? '' } = {},
) {
  const { port = 1, baseDn = '', bindDn = '' } = slapd ?? {};
  const groupBaseDn = `ou=groups,${baseDn}`;
  const settings = LdapSettings.parse({ host: 'localhost', port, tls: 'off', baseDn, bindDn, groupBaseDn, ...more });
  return { settings, bindPassword, policy, egress: { ...fakePorts().egress, connect: nodeConnect(ca) } };
}

const signIn = (username: string, password: string, more: Given = {}): Promise<LdapLogin> =>
  ldapSignIn(directory(more), { username, password });

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    return `signed in: ${JSON.stringify(await work)}`;
  } catch (error) {
    if (!(error instanceof LdapError)) throw error;
    return error.code;
  }
}

describe.skipIf(!slapd)('a directory', () => {
  it('[LDP6, LDP7] signs in who it knows, with their groups', async ({ expect }) => {
    const ada = await signIn('ada', 'pw-ada');
    expect({ ...ada, groups: ada.groups.sort() }).toEqual({
      subject: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      groups: ['Admins', 'Editors'],
    });
    expect((await signIn('bob', 'pw-bob')).groups).toEqual(['Editors']);
    expect((await signIn('odd(*)\\', 'pw-odd')).email).toBe('odd@example.com');
    expect(await refusal(signIn('nomail', 'pw-nomail'))).toBe('ldap-config');
  });

  it('[LDP1] is not talked into another question by a name', async ({ expect }) => {
    const names = [
      '*',
      'a*',
      'ada)(uid=*',
      '*)(uid=*))(|(uid=*',
      'ada)(|(password=*))',
      'ada)(userPassword=*)',
      'ada))%00',
      'ada\0',
      '\\2a',
      'ad\\61',
      '(uid=ada)',
      '{{username}}',
      'uid=ada,ou=people,dc=example,dc=com',
      ')',
      '(',
      '\\',
      '&',
      '|(uid=ada)',
      'ada)(&',
    ];
    for (const name of names) {
      for (const password of ['pw-ada', 'pw-bob', slapd?.bindPassword ?? '']) {
        expect(await refusal(signIn(name, password)), `${name} ${password}`).toBe('ldap-refused');
      }
    }
  });

  it('[LDP2, LDP3] refuses nobody, somebody twice and a wrong password alike', async ({ expect }) => {
    const pairs: [string, string][] = [
      ['ada', ''],
      ['ada', 'wrong'],
      ['ada', 'pw-bob'],
      ['nobody', 'pw-ada'],
      ['twin', 'pw-twin'],
      ['', 'pw-ada'],
      [' ', 'pw-ada'],
      ['x'.repeat(300), 'pw-ada'],
      ['ada', 'x'.repeat(2_000)],
    ];
    for (const [name, password] of pairs) expect(await refusal(signIn(name, password)), name).toBe('ldap-refused');
  });

  it('[LDP4] is spoken to under TLS, whose certificate must be good', async ({ expect }) => {
    expect((await signIn('ada', 'pw-ada', { tls: 'starttls' })).email).toBe('ada@example.com');
    const strange = ldapSignIn(directory({ tls: 'starttls' }, { ca: '' }), { username: 'ada', password: 'pw-ada' });
    expect(await refusal(strange)).toBe('ldap-unreachable');
    expect(await refusal(signIn('ada', 'pw-ada', { host: 'ldap.example.com' }))).toBe('ldap-config');
    // A directory without StartTLS: nothing is said in the clear.
    const plain = await startSlapd();
    const port = plain?.port ?? 1;
    expect(await refusal(signIn('ada', 'pw-ada', { tls: 'starttls', port }))).toBe('ldap-server');
    await plain?.stop();
  });

  it('[LDP5] is reached through the egress policy only', async ({ expect }) => {
    for (const policy of [
      { allow: [], deny: [] },
      { ...LOCAL, deny: ['localhost'] },
    ]) {
      const work = ldapSignIn(directory({}, { policy }), { username: 'ada', password: 'pw-ada' });
      expect(await refusal(work)).toBe('ldap-unreachable');
    }
    expect(await refusal(ldapProbe(directory({ port: 6379 })))).toBe('ldap-unreachable');
  });

  it('[LDP8] that names another one is read alone, and a thousand groups of it at most', async ({ expect }) => {
    expect(await refusal(signIn('elsewhere', 'pw-elsewhere'))).toBe('ldap-refused');
    expect((await signIn('joiner', 'pw-joiner')).groups).toHaveLength(1_000);
  });

  it('is tested before anybody signs in', async ({ expect }) => {
    await ldapProbe(directory());
    expect(await refusal(ldapProbe(directory({}, { bindPassword: 'wrong' })))).toBe('ldap-config');
    expect(await refusal(ldapProbe(directory({ baseDn: 'dc=nowhere' })))).toBe('ldap-server');
    expect(await refusal(ldapProbe(directory({ port: 1_024 })))).toBe('ldap-unreachable');
    const failure = await ldapProbe(directory({}, { bindPassword: 'canary-wrong' })).catch(String);
    expect(failure).not.toContain('canary');
  });
});

it('[LDP1] a filter leaves a gap for a whole value', ({ expect }) => {
  const fill = filterWith(' (&(objectClass=person)\n (|(uid={{username}})(mail={{username}}))) ', 'username');
  expect(fill('a*)(b').toString()).toBe('(&(objectClass=person)(|(uid=a\\2a\\29\\28b)(mail=a\\2a\\29\\28b)))');
  const chain = filterWith('(member:1.2.840.113556.1.4.1941:={{dn}})', 'dn');
  expect(chain('cn=x').toString()).toContain('cn=x');
  const wrong = [
    '',
    '(uid=ada)',
    '(uid={{username}}*)',
    '(uid=x{{username}})',
    '({{username}}=x)',
    '(uid={{username}}',
    '(&(uid={{username}})(cn=*{{username}}*))',
    'x'.repeat(3_000),
    `${'(&'.repeat(200)}(uid={{username}})${')'.repeat(200)}`,
  ];
  for (const text of wrong) {
    expect(() => filterWith(text, 'username'), text.slice(0, 50)).toThrow(
      expect.objectContaining({ code: 'ldap-config' }) as Error,
    );
  }
});

it('[LDP5] a server that says nonsense, nothing or too much is given up', async ({ expect }) => {
  const answers = [
    Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
    Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 2, 1, 1]),
    Buffer.from([0x30, 0x05, 2, 1, 1, 0x99, 0]),
    Buffer.from([0x30, 0x0c, 2, 1, 9, 0x61, 7, 10, 1, 0, 4, 0, 4, 0]),
    Buffer.from([0x30, 0x80]),
  ];
  for (const answer of answers) {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write(answer);
        setTimeout(() => socket.destroy(), 100);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const given = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, baseDn: 'dc=x', bindDn: 'cn=x' };
    const work = ldapProbe(directory(given, { bindPassword: 'canary' }));
    expect(await refusal(work), answer.toString('hex')).toMatch(/^ldap-(server|unreachable)$/);
    server.close();
  }
});
