/** An IP address as bytes: 4 or 16 of them. */
export type Address = readonly number[];

/** What an address is for. Only `public` may be reached without being listed. */
export type AddressKind =
  | 'public'
  | 'loopback'
  | 'private'
  | 'link-local'
  | 'shared'
  | 'multicast'
  | 'reserved'
  | 'unspecified';

/** One part of the classic inet_aton notation: decimal, octal (0…, 0o…) or hex (0x…). */
function part(text: string): number | undefined {
  if (/^0[xX][0-9a-fA-F]*$/.test(text)) return text.length === 2 ? 0 : parseInt(text.slice(2), 16);
  if (/^0[oO][0-7]+$/.test(text)) return parseInt(text.slice(2), 8);
  if (/^0[0-7]*$/.test(text)) return parseInt(text, 8);
  if (/^[1-9][0-9]*$/.test(text)) return parseInt(text, 10);
  return undefined;
}

/** Every spelling a resolver may take for an IPv4 address: 1 to 4 parts, the last one filling what is left. */
function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length > 4 || parts.length === 0) return undefined;
  const numbers: number[] = [];
  for (const each of parts) {
    const value = part(each);
    if (value === undefined || !Number.isSafeInteger(value)) return undefined;
    numbers.push(value);
  }
  const last = numbers.pop() ?? 0;
  const room = 4 - numbers.length;
  if (numbers.some((value) => value > 255) || last >= 256 ** room) return undefined;
  const bytes = [...numbers];
  for (let shift = room - 1; shift >= 0; shift--) bytes.push(Math.floor(last / 256 ** shift) % 256);
  return bytes;
}

function groups(text: string): number[] | undefined {
  if (text === '') return [];
  const words: number[] = [];
  const parts = text.split(':');
  for (const [index, each] of parts.entries()) {
    if (index === parts.length - 1 && each.includes('.')) {
      const v4 = /^\d{1,3}(\.\d{1,3}){3}$/.test(each) ? parseV4(each) : undefined;
      if (!v4) return undefined;
      const [a = 0, b = 0, c = 0, d = 0] = v4;
      words.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(each)) words.push(parseInt(each, 16));
    else return undefined;
  }
  return words;
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? '');
  const tail = halves.length === 2 ? groups(halves[1] ?? '') : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail].flatMap((word) => [word >> 8, word & 255]);
}

/** Ideographic full stops that IDNA maps to a dot; fullwidth and circled characters fall to NFKC. */
const DOTS = /[\u3002\uff0e\uff61]/g;

/** A host name in one spelling: lower case, ASCII dots, no brackets, zone or trailing dots. */
export function plainHost(host: string): string {
  const text = host.normalize('NFKC').replace(DOTS, '.').toLowerCase();
  return text
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/s, '')
    .replace(/\.+$/, '');
}

/** Reads a host as an address in any spelling; undefined when it is a name. */
export function parseAddress(host: string): Address | undefined {
  const text = plainHost(host);
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

/** `base` must be an address literal; `bits` counts from the front. */
function inRange(address: Address, base: string, bits: number): boolean {
  const range = parseAddress(base);
  if (!range || range.length !== address.length) return false;
  for (let at = 0; at * 8 < bits; at++) {
    const mask = bits - at * 8 >= 8 ? 255 : (255 << (8 - (bits - at * 8))) & 255;
    if (((address[at] ?? 0) & mask) !== ((range[at] ?? 0) & mask)) return false;
  }
  return true;
}

/** IANA special-purpose registries (RFC 6890 and later), plus cloud metadata addresses outside them. */
const V4_RANGES: readonly [string, number, AddressKind][] = [
  ['0.0.0.0', 8, 'unspecified'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'shared'],
  ['127.0.0.0', 8, 'loopback'],
  ['168.63.129.16', 32, 'link-local'],
  ['169.254.0.0', 16, 'link-local'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'reserved'],
  ['192.31.196.0', 24, 'reserved'],
  ['192.52.193.0', 24, 'reserved'],
  ['192.88.99.0', 24, 'reserved'],
  ['192.168.0.0', 16, 'private'],
  ['192.175.48.0', 24, 'reserved'],
  ['198.18.0.0', 15, 'reserved'],
  ['198.51.100.0', 24, 'reserved'],
  ['203.0.113.0', 24, 'reserved'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved'],
];

/** Where an IPv6 address carries an IPv4 one: prefix, its length, first byte of the IPv4 address. */
const EMBEDDED: readonly [string, number, number][] = [
  ['::ffff:0:0', 96, 12],
  ['::ffff:0:0:0', 96, 12],
  ['64:ff9b::', 96, 12],
  ['2002::', 16, 2],
];

const V6_RANGES: readonly [string, number, AddressKind][] = [
  ['::', 128, 'unspecified'],
  ['::1', 128, 'loopback'],
  ['fc00::', 7, 'private'],
  ['fe80::', 10, 'link-local'],
  ['fec0::', 10, 'private'],
  ['ff00::', 8, 'multicast'],
  ['64:ff9b:1::', 48, 'reserved'],
  ['2001::', 23, 'reserved'],
  ['2001:db8::', 32, 'reserved'],
  ['3fff::', 20, 'reserved'],
];

/** Global unicast IPv6; everything outside it is reserved. */
const V6_GLOBAL: readonly [string, number] = ['2000::', 3];

/** Classifies an address; one that embeds an IPv4 address is what that address is, and never better than reserved. */
export function classify(address: Address): AddressKind {
  if (address.length === 4) return V4_RANGES.find(([base, bits]) => inRange(address, base, bits))?.[2] ?? 'public';
  const own = V6_RANGES.find(([base, bits]) => inRange(address, base, bits))?.[2];
  if (own) return own;
  const carrier = EMBEDDED.find(([base, bits]) => inRange(address, base, bits));
  if (carrier) {
    const inner = classify(address.slice(carrier[2], carrier[2] + 4));
    return inner === 'public' && carrier[0] !== '64:ff9b::' ? 'reserved' : inner;
  }
  return inRange(address, ...V6_GLOBAL) ? 'public' : 'reserved';
}

/** Canonical text, so that two spellings of one address compare equal. */
export function addressText(address: Address): string {
  if (address.length === 4) return address.join('.');
  const words: string[] = [];
  for (let at = 0; at < 16; at += 2) words.push(((address[at] ?? 0) * 256 + (address[at + 1] ?? 0)).toString(16));
  return words.join(':');
}

/** True when `cidr` (`10.0.0.0/8`, `fd00::/8`) covers the address. A malformed range covers nothing. */
export function inCidr(address: Address, cidr: string): boolean {
  const [base, length, more] = cidr.split('/');
  const range = base === undefined ? undefined : parseAddress(base);
  if (!range || length === undefined || more !== undefined || !/^\d{1,3}$/.test(length)) return false;
  const bits = Number(length);
  return bits <= range.length * 8 && inRange(address, base ?? '', bits);
}
