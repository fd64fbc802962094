import type { Rate } from '../../core/quota/bucket.ts';

/** Seconds, rounded up: who comes back then is not too early. */
const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

/**
 * Headers of a refusal by a limit: Retry-After (RFC 9110), RateLimit and RateLimit-Policy (IETF draft
 * ratelimit-headers-10). `limit`: runs a second when the meter is `rate`, else what a period allows.
 */
export function retryHeaders(retryAfterMs: number, quota?: { meter: string; limit: number }): Record<string, string> {
  const retry = seconds(retryAfterMs);
  if (!quota) return { 'retry-after': String(retry) };
  const window = quota.meter === 'rate' ? ';w=1' : '';
  return {
    'retry-after': String(retry),
    'ratelimit-policy': `"${quota.meter}";q=${Math.floor(quota.limit)}${window}`,
    ratelimit: `"${quota.meter}";r=0;t=${retry}`,
  };
}

/** Headers of an answer within a rate. `left`: tokens in the bucket. */
export function rateHeaders(name: string, { perSecond, burst }: Rate, left: number): Record<string, string> {
  const remaining = Math.max(0, Math.floor(left));
  return {
    'ratelimit-policy': `"${name}";q=${burst};w=${Math.max(1, Math.ceil(burst / perSecond))}`,
    ratelimit: `"${name}";r=${remaining};t=${Math.ceil((burst - remaining) / perSecond)}`,
  };
}
