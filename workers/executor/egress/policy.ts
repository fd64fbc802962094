import type { EgressRules } from '../../../durable-objects/tenant/protocol.ts';
import type { Address } from './address.ts';
import { addressText, classify, inCidr, parseAddress, plainHost } from './address.ts';
import { EgressError } from './error.ts';

/** Where a tenant may reach out to. */
export type EgressPolicy = EgressRules;

/** Ports of mail, shells, databases and the like: the WHATWG list of blocked ports and common stores. */
const REFUSED_PORTS: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 445, 465, 512, 513, 514, 515, 526, 530, 531,
  532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379,
  2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5900, 6000, 6379, 6380, 6443, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 9042, 10080, 10250, 11211, 27017, 27018,
]);

/** Names that mean this machine, this network or a cloud's metadata service whatever they resolve to. */
const REFUSED_NAMES = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'svc',
  'consul',
  'intranet',
  'lan',
  'home',
  'corp',
  'home.arpa',
  'in-addr.arpa',
  'ip6.arpa',
  'onion',
  'invalid',
  'test',
  'metadata.azure.com',
  'ip6-localhost',
  'ip6-loopback',
];

/** Public names that resolve to whatever address the name says: only a way around this list. */
const REBINDING_NAMES = [
  'nip.io',
  'sslip.io',
  'xip.io',
  'localtest.me',
  'lvh.me',
  'vcap.me',
  'lacolhost.com',
  'yoogle.com',
  '1u.ms',
  'rbndr.us',
  'fbi.com.local',
  'readme.localtest.me',
  'traefik.me',
  'backname.io',
  'local.gd',
  'localho.st',
  'fuf.me',
  'lvh.rs',
  'lcl.host',
];

/** A checked target. `listed`: the policy names it, so a private address is wanted. */
export interface Target {
  url: URL;
  host: string;
  port: number;
  address: Address | undefined;
  listed: boolean;
}

const under = (host: string, suffix: string): boolean => host === suffix || host.endsWith(`.${suffix}`);

interface Place {
  host: string;
  port: number;
  address: Address | undefined;
}

/** True when an entry of a policy names the place. */
function names(entry: string, place: Place): 'host' | 'port' | undefined {
  const text = entry.trim().toLowerCase();
  if (text === '') return undefined;
  if (text === '*') return 'host';
  if (text.includes('/')) return place.address && inCidr(place.address, text) ? 'host' : undefined;
  if (text.startsWith('*.')) {
    return place.host.endsWith(text.slice(1)) && place.host.length >= text.length ? 'host' : undefined;
  }
  // `[::1]:80`, `host:80`; a bare IPv6 address has more than one colon.
  const match = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(text);
  const wanted = match?.[1] ?? text;
  if (match && Number(match[2]) !== place.port) return undefined;
  const address = parseAddress(wanted);
  const same = address
    ? place.address !== undefined && addressText(address) === addressText(place.address)
    : plainHost(wanted) === place.host;
  return same ? (match ? 'port' : 'host') : undefined;
}

const refuse = (message: string): never => {
  throw new EgressError('egress-refused', message, false);
};

/** Reads a URL the way it will be requested. @throws EgressError on anything a parser could read in two ways. */
function parse(text: string): URL {
  const trimmed = text.trim();
  // oxlint-disable-next-line no-control-regex -- these are the characters that parsers drop silently
  if (/[\u0000-\u001f\u007f]/.test(trimmed)) refuse('The URL contains control characters');
  if (/^[a-z][a-z0-9+.-]*:[^?#]*\\/i.test(trimmed)) refuse('The URL contains a backslash');
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return refuse(`Not a URL: ${JSON.stringify(trimmed.slice(0, 200))}. It must start with http:// or https://`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    refuse(`Only http and https are allowed, not ${url.protocol}`);
  }
  if (!/^https?:\/\/[^/]/i.test(trimmed)) refuse('The URL must have exactly two slashes before the host');
  if (url.username !== '' || url.password !== '') {
    refuse('The URL contains a user name or password; use an Authorization header or a credential');
  }
  return url;
}

/** Decides whether a URL may be requested, before any resolution. @throws EgressError `egress-refused`. */
export function checkTarget(text: string, policy: EgressPolicy): Target {
  const url = parse(text);
  const host = plainHost(url.hostname);
  if (host === '') refuse('The URL has no host');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const { address, listed } = checkPlace({ host, port }, policy, (refused) => `Port ${refused} is not for HTTP`);
  return { url, host, port, address, listed };
}

/** What every way out asks: deny list, port, private addresses, local names. @throws EgressError `egress-refused`. */
function checkPlace(
  { host, port }: { host: string; port: number },
  policy: EgressPolicy,
  whyPort: (port: number) => string | undefined,
): { address: Address | undefined; listed: boolean } {
  const address = parseAddress(host);
  const place: Place = { host, port, address };
  if (policy.deny.some((entry) => names(entry, place))) refuse(`${host} is on the deny list`);
  if (policy.only?.length && !policy.only.some((entry) => names(entry, place))) {
    refuse(`${host} is not on the list of what may be reached`);
  }
  const grants = policy.allow.map((entry) => names(entry, place));
  const portFault = REFUSED_PORTS.has(port) && !grants.includes('port') ? whyPort(port) : undefined;
  if (portFault !== undefined) refuse(`${portFault}; list ${host}:${port} to allow it`);
  const listed = grants.some((grant) => grant !== undefined);
  if (!listed) {
    if (address) refuseAddress(host, address);
    else refuseName(host);
  }
  return { address, listed };
}

/** Protocols spoken over bare sockets, and the ports of theirs that HTTP may not use. */
const SOCKET_PORTS = {
  smtp: [25, 465, 587],
  imap: [143, 993],
  ssh: [22],
  ftp: [21, 990],
  ldap: [389, 636],
} as const;
export type SocketProtocol = keyof typeof SOCKET_PORTS;

/** A checked place to connect to; `host` is what is connected to. */
export interface SocketTarget {
  host: string;
  port: number;
  address: Address | undefined;
  listed: boolean;
}

/** Decides whether a socket may be opened, before any resolution. @throws EgressError `egress-refused`. */
export function checkSocket(
  { protocol, host: given, port }: { protocol: SocketProtocol; host: string; port: number },
  policy: EgressPolicy,
): SocketTarget {
  const host = hostOf(given);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) refuse(`${port} is not a port`);
  const own: readonly number[] = SOCKET_PORTS[protocol];
  const found = checkPlace({ host, port }, policy, (refused) =>
    own.includes(refused) ? undefined : `Port ${refused} is not for ${protocol.toUpperCase()}`,
  );
  return { host, port, ...found };
}

/** A bare host name or address, spelled as a URL parser spells it: `0x7f.1` becomes what it means. */
function hostOf(given: string): string {
  const text = given.trim();
  const name = text.includes(':') && !text.startsWith('[') ? `[${text}]` : text;
  if (!/^(\[[0-9a-f:.]+\]|[\p{L}\p{N}._-]+)$/iu.test(name)) {
    return refuse(`Not a host name: ${JSON.stringify(text.slice(0, 200))}`);
  }
  try {
    return plainHost(new URL(`http://${name}/`).hostname);
  } catch {
    return refuse(`Not a host name: ${JSON.stringify(text.slice(0, 200))}`);
  }
}

function refuseAddress(host: string, address: Address): void {
  const kind = classify(address);
  if (kind !== 'public') refuse(`${host} is a ${kind} address; list it in the egress settings to allow it`);
}

function refuseName(host: string): void {
  if (!/^[a-z0-9._-]+$/.test(host)) refuse(`${JSON.stringify(host.slice(0, 200))} is not a host name`);
  if (!host.includes('.')) refuse(`${host} is a name of the local network; list it in the egress settings to allow it`);
  if (/(^|\.)(0x[0-9a-f]*|\d+)$/.test(host)) refuse(`${host} looks like an address but is none`);
  if (REFUSED_NAMES.some((name) => under(host, name))) refuse(`${host} is a local or metadata name`);
  if (REBINDING_NAMES.some((name) => under(host, name))) refuse(`${host} resolves to any address its name says`);
}

/** Checks what a name resolved to: one bad address spoils the lot, since a client may pick any. */
export function checkResolved(
  target: Pick<SocketTarget, 'host' | 'port' | 'listed'>,
  addresses: readonly string[],
  policy: EgressPolicy,
): void {
  if (addresses.length === 0) throw new EgressError('dns-failed', `${target.host} has no address`, true);
  for (const text of addresses) {
    const address = parseAddress(text);
    if (!address) refuse(`${target.host} resolved to something that is no address`);
    else {
      const place: Place = { host: addressText(address), port: target.port, address };
      if (policy.deny.some((entry) => names(entry, place))) {
        refuse(`${target.host} resolves to an address on the deny list`);
      }
      const kind = classify(address);
      const allowed = kind === 'public' || target.listed || policy.allow.some((entry) => names(entry, place));
      if (!allowed) refuse(`${target.host} resolves to a ${kind} address`);
    }
  }
}
