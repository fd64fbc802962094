import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTool } from '../../scripts/system-tools.ts';
import { type Daemon, startDaemon } from './daemon.ts';

export interface Slapd extends Daemon {
  baseDn: string;
  bindDn: string;
  bindPassword: string;
}

const BASE = 'dc=example,dc=com';

/** A person as LDIF; the password of each is `pw-` and the uid. */
const person = (uid: string, cn: string, more = ''): string =>
  `dn: uid=${uid},ou=people,${BASE}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${cn}\nsn: ${cn}\nuserPassword: pw-${uid}\n${more}`;

const LDIF = [
  `dn: ${BASE}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n`,
  `dn: ou=people,${BASE}\nobjectClass: organizationalUnit\nou: people\n`,
  `dn: ou=groups,${BASE}\nobjectClass: organizationalUnit\nou: groups\n`,
  person('ada', 'Ada Lovelace', 'mail: ada@example.com\n'),
  person('bob', 'Bob', 'mail: bob@example.com\n'),
  person('nomail', 'No Mail'),
  `dn: cn=odd \\28\\2A\\29\\\\,ou=people,${BASE}\nobjectClass: inetOrgPerson\nuid: odd(*)\\\ncn: odd (*)\\\nsn: odd\nmail: odd@example.com\nuserPassword: pw-odd\n`,
  `dn: cn=twin 1,ou=people,${BASE}\nobjectClass: inetOrgPerson\nuid: twin\ncn: twin 1\nsn: t\nmail: t1@example.com\nuserPassword: pw-twin\n`,
  `dn: cn=twin 2,ou=people,${BASE}\nobjectClass: inetOrgPerson\nuid: twin\ncn: twin 2\nsn: t\nmail: t2@example.com\nuserPassword: pw-twin\n`,
  `dn: cn=Editors,ou=groups,${BASE}\nobjectClass: groupOfNames\ncn: Editors\nmember: uid=ada,ou=people,${BASE}\nmember: uid=bob,ou=people,${BASE}\n`,
  `dn: cn=Admins,ou=groups,${BASE}\nobjectClass: groupOfNames\ncn: Admins\nmember: uid=ada,ou=people,${BASE}\n`,
  // a directory that was cut in two says where its other half is
  `dn: cn=elsewhere,ou=people,${BASE}\nobjectClass: referral\nobjectClass: extensibleObject\ncn: elsewhere\nref: ldap://127.0.0.1:1/ou=people,${BASE}\n`,
  person('joiner', 'Joiner', 'mail: joiner@example.com\n'),
  ...Array.from(
    { length: 1_001 },
    (_, n) =>
      `dn: cn=club-${n},ou=groups,${BASE}\nobjectClass: groupOfNames\ncn: club-${n}\nmember: uid=joiner,ou=people,${BASE}\n`,
  ),
].join('\n');

/** Debian's OpenLDAP with a few people and groups; undefined where it cannot be had. `tls`: it takes StartTLS; `ldaps`: nothing but TLS. */
export async function startSlapd(
  tls?: { key: string; cert: string },
  scheme: 'ldap' | 'ldaps' = 'ldap',
): Promise<Slapd | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const program = ensureTool('slapd');
  if (!program) return undefined;
  const bindDn = `cn=admin,${BASE}`;
  const bindPassword = 'canary-ldap-bind';
  const daemon = await startDaemon(program, ({ folder, port }) => {
    mkdirSync(join(folder, 'data'));
    if (tls) {
      writeFileSync(join(folder, 'key.pem'), tls.key);
      writeFileSync(join(folder, 'cert.pem'), tls.cert);
    }
    const config = join(folder, 'slapd.conf');
    const text = `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
${tls ? `TLSCertificateFile ${folder}/cert.pem\nTLSCertificateKeyFile ${folder}/key.pem` : ''}
pidfile ${folder}/slapd.pid
database mdb
suffix "${BASE}"
rootdn "${bindDn}"
rootpw ${bindPassword}
directory ${folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${bindDn}" read by self read by * none
`;
    writeFileSync(config, text);
    writeFileSync(join(folder, 'people.ldif'), LDIF);
    const added = spawnSync(program, ['-Ta', '-f', config, '-l', join(folder, 'people.ldif')], { encoding: 'utf8' });
    if (added.status !== 0) throw new Error(`slapadd failed: ${added.stderr}`);
    return ['-d', '0', '-f', config, '-h', `${scheme}://127.0.0.1:${port}/`];
  });
  return { ...daemon, baseDn: BASE, bindDn, bindPassword };
}
