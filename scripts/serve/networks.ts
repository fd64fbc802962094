// The second egress wall: workerd's own filter, which sees the address that is connected to, whatever the name said.
import { classify, parseAddress } from '../../workers/executor/egress/address.ts';

/** A `network` service of workerd. The most specific range that matches decides; on a tie `deny` wins. */
export interface Network {
  allow: string[];
  deny: string[];
  tlsOptions: { trustBrowserCas: true; trustedCertificates?: string[] };
}

/** Addresses where clouds hand out the machine's own credentials. */
const METADATA = ['169.254.0.0/16', 'fd00:ec2::/32', '100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32'];

/** What workerd takes for public and is not: reserved ranges, and IPv6 that ends at a private IPv4 address. */
const NOT_PUBLIC = [
  '192.0.0.0/24',
  '198.18.0.0/15',
  '::/96',
  '2001::/32',
  '2002::/16',
  ...['0:0/104', 'a00:0/104', '6440:0/106', '7f00:0/104', 'a9fe:0/112', 'ac10:0/108', 'c0a8:0/112'].map(
    (embedded) => `64:ff9b::${embedded}`,
  ),
];

const CLASSES = new Set(['public', 'private', 'local']);
const isPublicRange = (range: string): boolean => {
  const [base = '', bits] = range.split('/');
  const address = parseAddress(base);
  return bits === '0' || (address !== undefined && classify(address) === 'public');
};

function network(allow: string[], deny: string[], trusted: readonly string[]): Network {
  // An empty list would mean workerd's default, which is public.
  const walls =
    allow.length > 0 ? { allow, deny } : { allow: ['127.0.0.1/32'], deny: ['0.0.0.0/0', '::/0', '127.0.0.1/32'] };
  const more = trusted.length > 0 ? { trustedCertificates: [...trusted] } : {};
  return { ...walls, tlsOptions: { trustBrowserCas: true, ...more } };
}

/**
 * The two ways out. `open`: public addresses, for what a tenant did not list. `listed`: what `allow` holds (classes
 * `public`, `private`, `local` and CIDR ranges), for what it did; metadata services only where `allow` names them.
 * `trusted` are certificates (PEM) of authorities that are believed besides those every browser believes.
 */
export function egressNetworks(
  allow: readonly string[],
  trusted: readonly string[] = [],
): { open: Network; listed: Network } {
  const metadata = METADATA.filter((range) => !allow.includes(range));
  return {
    open: network(
      allow.filter((entry) => entry === 'public' || (!CLASSES.has(entry) && isPublicRange(entry))),
      ['private', 'local', ...NOT_PUBLIC, ...metadata],
      trusted,
    ),
    listed: network([...allow], ['64:ff9b::a9fe:0/112', ...metadata], trusted),
  };
}
