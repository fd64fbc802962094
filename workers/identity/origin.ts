import { common, Problem } from '../kit/problem.ts';

export interface OriginEnv {
  /** Where people reach this deployment, e.g. `https://flows.example.com`. */
  PUBLIC_URL?: string;
  /** Set under the launcher, where nothing checks the Host header that a caller sends. */
  EGRESS_PUBLIC?: unknown;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Where links in mails and redirects lead. Never a Host header that anybody could send: that would make us mail
 * somebody's token to an attacker's address.
 * @throws Problem `public-url-missing` when it cannot be known.
 */
export function publicOrigin(request: Request, env: OriginEnv): string {
  const asked = new URL(request.url);
  const isLocal = LOOPBACK.test(asked.hostname);
  if (!env.PUBLIC_URL) {
    if (isLocal || env.EGRESS_PUBLIC === undefined) return asked.origin;
    throw new Problem(
      'public-url-missing',
      { status: 503, title: 'This deployment does not know its own address' },
      { hint: 'The operator sets PUBLIC_URL to where people reach it.' },
    );
  }
  const known = new URL(env.PUBLIC_URL);
  // One's own machine has three names; passkeys need the one the browser shows.
  return isLocal && LOOPBACK.test(known.hostname) && known.port === asked.port ? asked.origin : known.origin;
}

/** Whether browsers reach us over https: decides the name of cookies. */
export const isSecure = (request: Request, env: OriginEnv): boolean =>
  (env.PUBLIC_URL || request.url).startsWith('https:');

/**
 * A change that a browser sends with its cookies must come from our own pages: other sites could otherwise make it for
 * their visitors. Everything that is no browser sends a bearer instead.
 * @throws Problem `origin-refused`.
 */
export function refuseForeign(request: Request, env: OriginEnv): void {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const own = [new URL(request.url).origin, ...(env.PUBLIC_URL ? [new URL(env.PUBLIC_URL).origin] : [])];
  const isOwn = origin === null ? site === 'same-origin' : own.includes(origin);
  if (isOwn && (site === null || site === 'same-origin')) return;
  throw common('origin-refused', {
    detail: origin === null ? 'The request does not say which page sent it.' : 'Another site sent this request.',
    hint: 'Send it from this address with an Origin header, or use `Authorization: Bearer ms_…` instead of a cookie.',
  });
}
