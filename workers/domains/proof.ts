import { EgressError } from '../executor/egress/error.ts';
import { egressFetch } from '../executor/egress/fetch.ts';
import type { EgressPorts } from '../executor/egress/fetch.ts';
import type { EgressPolicy } from '../executor/egress/policy.ts';

const LIMITS = { timeoutMs: 10_000, maxBytes: 64 * 1024, redirect: { follow: false, max: 0 } };
const RESOLVER = 'https://cloudflare-dns.com/dns-query';
const TXT = 16;
/** Nobody's private network is asked; what a tenant may reach besides has no say here. */
const PUBLIC_ONLY: EgressPolicy = { allow: [], deny: [] };

export const recordName = (domain: string): string => `_millrace.${domain}`;
export const recordValue = (token: string): string => `millrace-verification=${token}`;
export const fileUrl = (domain: string): string => `https://${domain}/.well-known/millrace-verification.txt`;

interface DomainProof {
  egress: EgressPorts;
  /** DNS over https, JSON; the operator's setting. */
  resolver?: string | undefined;
}

/** How a domain shows the token; undefined when it does not. */
export async function proofOf(domain: string, token: string, ports: DomainProof): Promise<'dns' | 'https' | undefined> {
  if (await inDns(domain, token, ports)) return 'dns';
  return (await inFile(domain, token, ports)) ? 'https' : undefined;
}

async function inDns(domain: string, token: string, { egress, resolver }: DomainProof): Promise<boolean> {
  const url = new URL(resolver ?? RESOLVER);
  url.searchParams.set('name', recordName(domain));
  url.searchParams.set('type', 'TXT');
  // The operator named it, wherever it is.
  const policy = resolver === undefined ? PUBLIC_ONLY : { allow: [url.host], deny: [] };
  const text = await read(url.href, { policy, egress, accept: 'application/dns-json' });
  try {
    const { Answer: answers } = JSON.parse(text ?? '{}') as {
      Answer?: { name?: unknown; type?: unknown; data?: unknown }[];
    };
    return (answers ?? []).some(
      ({ name, type, data }) =>
        type === TXT &&
        String(name).replace(/\.$/, '').toLowerCase() === recordName(domain) &&
        plain(data) === recordValue(token),
    );
  } catch {
    return false;
  }
}

/** TXT data comes quoted, long ones in pieces. */
const plain = (data: unknown): string => String(data).replaceAll(/"\s+"|^"|"$/g, '');

async function inFile(domain: string, token: string, { egress }: DomainProof): Promise<boolean> {
  const text = await read(fileUrl(domain), { policy: PUBLIC_ONLY, egress, accept: 'text/plain' });
  return text?.trim() === recordValue(token);
}

async function read(
  url: string,
  { policy, egress, accept }: { policy: EgressPolicy; egress: EgressPorts; accept: string },
): Promise<string | undefined> {
  try {
    const answer = await egressFetch({ url, method: 'GET', headers: [['accept', accept]] }, policy, LIMITS, egress);
    return answer.status === 200 ? new TextDecoder().decode(answer.body) : undefined;
  } catch (error) {
    if (error instanceof EgressError) return undefined;
    throw error;
  }
}
