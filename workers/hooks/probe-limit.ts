import { BoundedCache } from '../kit/bounded-cache.ts';

/**
 * Names nobody has asked for before cost a call to an object each. An isolate makes this many a second; a scan of
 * made-up names gets 429 beyond that, while tenants seen before are not slowed.
 */
const NEW_NAMES_PER_SECOND = 50;
const SEEN_FOR_MS = 60_000;

const seen = new BoundedCache<true>(10_000);
let windowStartMs = 0;
let newNames = 0;

export function mayLookUp(tenant: string): boolean {
  const nowMs = Date.now();
  if (seen.get(tenant, nowMs)) return true;
  if (nowMs - windowStartMs >= 1_000) {
    windowStartMs = nowMs;
    newNames = 0;
  }
  if (newNames >= NEW_NAMES_PER_SECOND) return false;
  newNames++;
  seen.set(tenant, true, nowMs + SEEN_FOR_MS);
  return true;
}
