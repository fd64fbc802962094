import { EgressError } from './error.ts';

/** Set by the connection or by us, never by a workflow: they could split, reroute or misdescribe a request. */
const OWN = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'keep-alive',
  'expect',
  'via',
  'proxy-authorization',
  'proxy-authenticate',
  'proxy-connection',
  'forwarded',
]);
const OWN_PREFIXES = ['x-forwarded-', 'cf-', 'x-real-ip', 'sec-', 'proxy-'];

/** Dropped when a redirect leaves the origin: they are for the first server only. */
const ORIGIN_BOUND = [
  'authorization',
  'cookie',
  'proxy-authorization',
  'www-authenticate',
  'x-api-key',
  'api-key',
  'idempotency-key',
];

/** @throws EgressError when a name or value could not be sent as written. */
export function requestHeaders(pairs: readonly (readonly [string, string])[]): Headers {
  const headers = new Headers();
  for (const [name, value] of pairs) {
    const lower = name.trim().toLowerCase();
    if (OWN.has(lower) || OWN_PREFIXES.some((prefix) => lower.startsWith(prefix))) continue;
    // oxlint-disable-next-line no-control-regex -- header injection is made of these
    if (/[\u0000\r\n]/.test(value) || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower)) {
      throw new EgressError(
        'egress-refused',
        `Header ${JSON.stringify(name.slice(0, 80))} contains characters that are not allowed`,
        false,
      );
    }
    try {
      headers.append(lower, value);
    } catch {
      throw new EgressError('egress-refused', `Header ${lower} contains characters that are not allowed`, false);
    }
  }
  return headers;
}

/** Header names whose value is a secret of the origin, the author's own included. */
export function dropOriginBound(headers: Headers): void {
  for (const name of Array.from(headers.keys())) {
    if (ORIGIN_BOUND.includes(name) || /(^|-)(auth|token|secret|key|signature|session)(-|$)/.test(name)) {
      headers.delete(name);
    }
  }
}
