import { egressConnect, newTally } from '../../executor/egress/connect.ts';
import { EgressError } from '../../executor/egress/error.ts';
import type { EgressPorts } from '../../executor/egress/fetch.ts';
import type { EgressPolicy } from '../../executor/egress/policy.ts';
import { type Entry, LdapClient } from './client.ts';
import { LdapError } from './error.ts';
import { filterWith } from './filter.ts';
import type { LdapSettings } from '../../../core/sso/ldap.ts';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_USERNAME_CHARS = 256;
const MAX_PASSWORD_CHARS = 1_024;
const MAX_GROUPS = 1_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

export interface Directory {
  settings: LdapSettings;
  /** Of the service account. */
  bindPassword: string;
  policy: EgressPolicy;
  egress: EgressPorts;
}

/** A person the directory vouches for. */
export interface LdapLogin {
  subject: string;
  email: string;
  name: string;
  groups: string[];
}

/** Signs in by a bind (LDP1–LDP8). @throws LdapError `ldap-refused` for a wrong name or password, other codes for the rest. */
export async function ldapSignIn(
  directory: Directory,
  { username, password }: { username: string; password: string },
): Promise<LdapLogin> {
  const { settings } = directory;
  const userFilter = filterWith(settings.userFilter, 'username');
  const groupFilter = settings.groupBaseDn === undefined ? undefined : filterWith(settings.groupFilter, 'dn');
  const odd = username.trim() === '' || username.length > MAX_USERNAME_CHARS || password.length > MAX_PASSWORD_CHARS;
  if (odd || password === '' || username.includes('\0')) throw refused();
  return withService(directory, async (service) => {
    const found = await service.search({
      baseDN: settings.baseDn,
      filter: userFilter(username),
      attributes: [settings.idAttribute, settings.emailAttribute, settings.nameAttribute, 'memberOf'],
      sizeLimit: 2,
    });
    const [entry] = found.length === 1 ? found : [];
    // LDP3: a bind is tried for nobody too, so that its time tells nothing.
    const good = await tryBind(directory, entry?.dn ?? `cn=nobody,${settings.baseDn}`, password);
    if (!entry || !good) throw refused();
    const groups = groupFilter
      ? await service.search({
          baseDN: settings.groupBaseDn ?? '',
          filter: groupFilter(entry.dn),
          attributes: [settings.groupNameAttribute],
          sizeLimit: MAX_GROUPS,
        })
      : undefined;
    return loginOf(settings, entry, groups);
  });
}

/** Binds the service account and looks below the base: what "test connection" does. @throws LdapError. */
export async function ldapProbe(directory: Directory): Promise<void> {
  const { settings } = directory;
  const userFilter = filterWith(settings.userFilter, 'username');
  if (settings.groupBaseDn !== undefined) filterWith(settings.groupFilter, 'dn');
  await withService(directory, (service) =>
    service.search({ baseDN: settings.baseDn, filter: userFilter('millrace-probe'), attributes: ['cn'], sizeLimit: 1 }),
  );
}

const refused = (): LdapError => new LdapError('ldap-refused', 'The directory does not know this name and password');

async function withService<T>(directory: Directory, work: (client: LdapClient) => Promise<T>): Promise<T> {
  const client = await open(directory);
  try {
    if (!(await client.bind(directory.settings.bindDn, directory.bindPassword))) {
      throw new LdapError('ldap-config', 'The directory refuses the service account (bindDn and its password)');
    }
    return await work(client);
  } catch (error) {
    throw named(error);
  } finally {
    await client.close();
  }
}

/** LDP6: a conversation of its own, so that what follows is still asked as the service account. */
async function tryBind(directory: Directory, dn: string, password: string): Promise<boolean> {
  const client = await open(directory);
  try {
    return await client.bind(dn, password);
  } catch (error) {
    // Locked, expired, no such object: for the person all the same.
    if (error instanceof LdapError && error.code === 'ldap-server') return false;
    throw error;
  } finally {
    await client.close();
  }
}

async function open({ settings, policy, egress }: Directory): Promise<LdapClient> {
  const { host, port, tls } = settings;
  if (tls === 'off' && !LOOPBACK.has(host.toLowerCase())) {
    throw new LdapError('ldap-config', 'Passwords need TLS: set tls to on or starttls');
  }
  try {
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, tally: newTally() };
    const connection = await egressConnect({ protocol: 'ldap', host, port, tls }, policy, limits, egress);
    const client = new LdapClient(connection);
    if (tls === 'starttls') {
      await client.startTls().catch(async (error: unknown) => {
        await connection.close();
        throw error;
      });
    }
    return client;
  } catch (error) {
    throw named(error);
  }
}

function named(error: unknown): unknown {
  return error instanceof EgressError ? new LdapError('ldap-unreachable', error.message) : error;
}

/** LDP7 */
function loginOf(settings: LdapSettings, entry: Entry, groups: readonly Entry[] | undefined): LdapLogin {
  const first = (name: string): string => entry.values.get(name.toLowerCase())?.[0]?.trim() ?? '';
  const subject = idOf(entry, settings.idAttribute);
  const email = first(settings.emailAttribute);
  if (subject === '' || email === '') {
    throw new LdapError(
      'ldap-config',
      `The entry lacks ${subject === '' ? settings.idAttribute : settings.emailAttribute}`,
    );
  }
  const names = groups
    ? groups.flatMap((group) => group.values.get(settings.groupNameAttribute.toLowerCase())?.[0] ?? [])
    : (entry.values.get('memberof') ?? []).slice(0, MAX_GROUPS).map(commonName);
  return { subject, email, name: first(settings.nameAttribute) || email, groups: names };
}

/** What is no text is written as hexadecimal digits. */
function idOf(entry: Entry, attribute: string): string {
  const bytes = entry.bytes.get(attribute.toLowerCase())?.[0];
  if (!bytes) return '';
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    if (/^[\x20-\x7e]+$/.test(text) && attribute.toLowerCase() !== 'objectguid') return text;
  } catch {
    // Falls through: binary.
  }
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `CN=Editors,OU=Groups,DC=example` is the group Editors. */
const commonName = (dn: string): string => (/^cn=((?:[^,\\]|\\.)+)/i.exec(dn)?.[1] ?? dn).replaceAll(/\\(.)/g, '$1');
