import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { selfSigned } from '../harness/certificate.ts';
import { startSlapd } from '../harness/slapd.ts';
import type { Slapd } from '../harness/slapd.ts';
import { connect, holdDomain } from '../harness/sso.ts';
import { readAnswer, Server } from './server.ts';
import type { Answer } from './server.ts';

/** Whether the directory can be asked, and how somebody signs in there. */
async function over(server: Server, slapd: Slapd, tls: 'on' | 'starttls'): Promise<{ works: unknown; signIn: Answer }> {
  const { port, baseDn, bindDn, bindPassword } = slapd;
  const settings = { host: 'localhost', port, tls, baseDn, bindDn, groupBaseDn: `ou=groups,${baseDn}` };
  const mappings = [{ group: 'Editors', role: 'editor' }];
  const id = await connect(server, { kind: 'ldap', name: tls, settings, secret: bindPassword, mappings });
  const { works } = await server.ok('POST', `/v1/sso-connections/${id}/test`);
  const response = await fetch(`${server.ready.url}/sso/local/${id}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'bob', password: 'pw-bob' }),
  });
  return { works, signIn: await readAnswer(response) };
}

describe('[LDP4] a directory whose certificate is of an authority of one’s own', () => {
  it('is believed over LDAPS and StartTLS once the operator names the authority, and not before', async ({
    expect,
    skip,
  }) => {
    const pair = selfSigned();
    const [sealed, upgraded] = [await startSlapd(pair, 'ldaps'), await startSlapd(pair)];
    if (!pair || !sealed || !upgraded) return skip('needs openssl and slapd');
    const folder = mkdtempSync(join(tmpdir(), 'millrace-ca-'));
    const file = join(folder, 'ca.pem');
    writeFileSync(file, `An authority of ours\n${pair.cert}`);
    try {
      for (const [env, isBelieved] of [
        [{}, false],
        [{ EXTRA_CA_CERTS: file }, true],
      ] as const) {
        const server = await Server.start(env);
        try {
          await holdDomain(server, 'example.com');
          for (const { slapd, tls } of [
            { slapd: sealed, tls: 'on' },
            { slapd: upgraded, tls: 'starttls' },
          ] as const) {
            const { works, signIn } = await over(server, slapd, tls);
            expect([tls, works, signIn.status], signIn.text).toEqual([tls, isBelieved, isBelieved ? 200 : 502]);
          }
        } finally {
          await server.stop();
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await sealed.stop();
      await upgraded.stop();
    }
  }, 300_000);
});
