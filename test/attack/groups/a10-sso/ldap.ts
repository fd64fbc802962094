import { startSlapd } from '../../../harness/slapd.ts';
import { connect } from '../../../harness/sso.ts';
import type { Server } from '../../../served/server.ts';
import { BlindOracle } from '../../group.ts';
import { slug, type Trial } from '../../trial.ts';

const NAMES = [
  '*',
  'a*',
  'ada)(uid=*',
  '*)(uid=*))(|(uid=*',
  'ada)(|(password=*))',
  'ada)(userPassword=*)',
  'ada))\u0000',
  'ada\u0000',
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
  'admin)(!(&(1=0)',
  'cn=admin,dc=example,dc=com',
  '*)(objectClass=*',
  '__proto__',
  'x'.repeat(256),
];

/** Names that are filters, against a real directory. False where it cannot be had. */
export async function ldap(server: Server, trial: Trial): Promise<boolean> {
  const slapd = await startSlapd();
  if (!slapd) return false;
  try {
    const { port, baseDn, bindDn, bindPassword } = slapd;
    const settings = { host: '127.0.0.1', port, tls: 'off', baseDn, bindDn };
    const id = await connect(server, { kind: 'ldap', name: 'LDAP', settings, secret: bindPassword });
    const signIn = (body: object): Promise<Response> =>
      fetch(`${server.ready.url}/sso/local/${id}/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    if ((await signIn({ username: 'ada', password: 'pw-ada' })).status !== 200) {
      throw new BlindOracle('LDAP signs nobody in');
    }
    const refusedOnly = async (body: object): Promise<string | undefined> => {
      const response = await signIn(body);
      const text = await response.text();
      if (text.includes(bindPassword)) return 'the password of the service account shows';
      return response.status >= 400 && response.status < 500
        ? undefined
        : `answered ${response.status}: ${text.slice(0, 200)}`;
    };
    for (const [at, username] of NAMES.entries()) {
      for (const password of ['pw-ada', bindPassword]) {
        const which = password === 'pw-ada' ? 'ada' : 'service';
        await trial.attempt(
          `A10/ldap-${at}-${slug(username).slice(0, 40)}-${which}`,
          `the name ${JSON.stringify(username.slice(0, 60))}`,
          () => refusedOnly({ username, password }),
        );
      }
    }
    const bodies: [string, object][] = [
      ['empty password', { username: 'bob', password: '' }],
      ['no password', { username: 'bob' }],
      ['null password', { username: 'bob', password: null }],
      ['list of names', { username: ['bob', 'ada'], password: 'pw-bob' }],
      ['object as a name', { username: { $ne: null }, password: 'pw-bob' }],
      ['more fields', { username: 'bob', password: 'pw-bob', role: 'owner' }],
      ['somebody twice', { username: 'twin', password: 'pw-twin' }],
      ['long password', { username: 'bob', password: 'x'.repeat(100_000) }],
    ];
    for (const [name, body] of bodies) {
      await trial.attempt(`A10/ldap-body-${slug(name)}`, `a sign-in with ${name}`, () => refusedOnly(body));
    }
    await trial.attempt('A10/ldap-cross-site', 'another site’s page posts a name and password', async () => {
      const response = await fetch(`${server.ready.url}/sso/local/${id}/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
        body: JSON.stringify({ username: 'bob', password: 'pw-bob' }),
      });
      return response.status === 403 ? undefined : `answered ${response.status}`;
    });
    return true;
  } finally {
    await slapd.stop();
  }
}
