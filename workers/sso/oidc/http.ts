import { EgressError } from '../../executor/egress/error.ts';
import { egressFetch } from '../../executor/egress/fetch.ts';
import type { EgressPorts } from '../../executor/egress/fetch.ts';
import type { EgressPolicy } from '../../executor/egress/policy.ts';
import { OidcError } from './error.ts';

/** One provider as it is reached for one tenant. */
export interface Provider {
  tenant: string;
  issuer: string;
  policy: EgressPolicy;
  egress: EgressPorts;
  nowMs: number;
}

export type JsonRecord = Readonly<Record<string, unknown>>;

interface Ask {
  method?: 'GET' | 'POST';
  headers?: [string, string][];
  form?: Record<string, string>;
}

/** A JSON object from a provider, with its status (OID8). @throws OidcError `oidc-provider`. */
export async function askJson(
  { policy, egress }: Provider,
  url: string,
  { method = 'GET', headers = [], form }: Ask = {},
): Promise<{ status: number; json: JsonRecord }> {
  const text = form && new URLSearchParams(form).toString();
  const sent: [string, string][] = [['accept', 'application/json'], ...headers];
  if (text !== undefined) sent.push(['content-type', 'application/x-www-form-urlencoded']);
  const body = text === undefined ? undefined : { make: () => Promise.resolve(text), bytes: text.length };
  try {
    const answer = await egressFetch(
      { url, method, headers: sent, body, secret: { headers: ['authorization'], body: true } },
      policy,
      { timeoutMs: 10_000, maxBytes: 1024 * 1024, redirect: { follow: false, max: 0 } },
      egress,
    );
    return { status: answer.status, json: objectOf(answer.body) };
  } catch (error) {
    if (error instanceof EgressError) throw new OidcError('oidc-provider', error.message);
    throw error;
  }
}

function objectOf(bytes: Uint8Array): JsonRecord {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonRecord;
  } catch {
    // Said below.
  }
  throw new OidcError('oidc-provider', 'The provider did not answer with a JSON object');
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** https, or http on this machine. */
export function isSafeUrl(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > 2_000 || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return (
    username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname)))
  );
}
