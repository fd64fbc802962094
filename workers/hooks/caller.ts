import { addressText, inCidr, parseAddress } from '../executor/egress/address.ts';
import type { Env } from '../env.ts';

export type CallerEnv = Pick<Env, 'EGRESS_PUBLIC' | 'TRUSTED_PROXIES'>;

/**
 * The address that calls; undefined where it cannot be known. Cloudflare's edge sets a header whatever the caller sent.
 * Under the launcher (which alone gives EGRESS_PUBLIC) workerd tells who is connected, and no header can: its sockets
 * take `request.cf` from nobody (scripts/serve/plan.ts).
 */
export function callerOf(request: Request, env: CallerEnv): string | undefined {
  if (env.EGRESS_PUBLIC === undefined) return request.headers.get('cf-connecting-ip') ?? undefined;
  const { clientIp } = (request.cf ?? {}) as { clientIp?: unknown };
  const peer = typeof clientIp === 'string' ? hostOf(clientIp) : undefined;
  if (peer === undefined) return undefined;
  const proxies = (env.TRUSTED_PROXIES ?? '').split(',').filter((range) => range !== '');
  return behind(peer, request.headers.get('x-forwarded-for'), proxies);
}

/** `127.0.0.1:5000` and `[::1]:5000` without the port, in one spelling; an IPv4 caller on a socket of both families is one. */
function hostOf(place: string): string | undefined {
  const host = /^\[([^\]]+)\]:\d+$/.exec(place)?.[1] ?? place.replace(/:\d+$/, '');
  const address = parseAddress(host.replace(/^::ffff:(?=\d+\.)/i, ''));
  return address && addressText(address);
}

/** Each proxy adds who it was called by at the right; further left anybody may have written what they liked. */
export function behind(peer: string, forwarded: string | null, proxies: readonly string[]): string {
  const isProxy = (host: string): boolean => {
    const address = parseAddress(host);
    return address !== undefined && proxies.some((range) => inCidr(address, range));
  };
  let caller = peer;
  for (const entry of (forwarded ?? '').split(',').reverse()) {
    if (!isProxy(caller)) break;
    const text = entry.trim();
    const host = hostOf(text.includes(':') && !text.includes('.') && !text.startsWith('[') ? `[${text}]:0` : text);
    // What is no address ends the trail: who is beyond it is not known, and the proxy is not listed.
    if (host === undefined) break;
    caller = host;
  }
  return caller;
}
