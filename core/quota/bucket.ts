/** At most `perSecond` in the long run, and `burst` at once. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** Tokens as of a moment. Pure data: a host may store it. */
export interface Bucket {
  tokens: number;
  atMs: number;
}

export const fullBucket = ({ burst }: Rate, nowMs: number): Bucket => ({ tokens: burst, atMs: nowMs });

/** What is in it now. A clock that went back adds nothing. */
export function refill({ tokens, atMs }: Bucket, { perSecond, burst }: Rate, nowMs: number): Bucket {
  const grown = tokens + (Math.max(0, nowMs - atMs) / 1_000) * perSecond;
  return { tokens: Math.min(burst, grown), atMs: Math.max(atMs, nowMs) };
}

/** Milliseconds until `wanted` tokens are there, at least 1 when they are not; Infinity when they never will be. */
export function waitFor(bucket: Bucket, { perSecond, burst }: Rate, wanted: number): number {
  const missing = wanted - bucket.tokens;
  if (missing <= 0) return 0;
  return wanted > burst ? Infinity : Math.max(1, Math.ceil((missing / perSecond) * 1_000));
}
