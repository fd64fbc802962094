import { type Bucket, fullBucket, type Rate, refill, waitFor } from '../../core/quota/bucket.ts';
import type { ApiAsk, ApiGrant } from './protocol.ts';

/** An isolate gets units for so long at most; what it does not spend then is lost, as time is. */
const LEASE_MS = 5_000;
/** Without a limit: an isolate reports as often, and waits for nobody. */
const UNLIMITED_UNITS = 1_000_000;
/** Share of the bucket one isolate may take at once, so that the others find something. */
const SHARE = 0.25;
const MAX_KEYS = 10_000;

/**
 * Units of API calls, handed out in leases to the isolates that serve them. Buckets are in memory: after a restart they
 * are full, which a tenant may enjoy.
 */
export class ApiUnits {
  readonly #buckets = new Map<string, Bucket>();

  grant(ask: ApiAsk, rates: { api?: Rate; apiPerKey?: Rate }, nowMs: number): ApiGrant {
    const limited = [
      { name: '', rate: rates.api },
      { name: ask.key, rate: rates.apiPerKey },
    ].flatMap(({ name, rate }) => (rate ? [{ name, rate, bucket: this.#bucket(name, rate, nowMs) }] : []));
    const tightest = limited.toSorted((a, b) => a.bucket.tokens - b.bucket.tokens)[0];
    if (!tightest) {
      return { units: UNLIMITED_UNITS, untilMs: nowMs + LEASE_MS, retryAfterMs: 0, left: UNLIMITED_UNITS };
    }
    // A call dearer than the whole bucket is let through when the bucket is full: it must be possible at all.
    const cost = Math.min(ask.cost, tightest.rate.burst);
    const about = { rate: tightest.rate, left: Math.floor(tightest.bucket.tokens) };
    if (tightest.bucket.tokens < cost) {
      const retryAfterMs = Math.max(...limited.map(({ rate, bucket }) => waitFor(bucket, rate, cost)));
      return { units: 0, untilMs: nowMs, retryAfterMs, ...about };
    }
    const units = Math.max(cost, Math.floor(tightest.bucket.tokens * SHARE));
    for (const { name, bucket } of limited) {
      this.#buckets.set(name, { ...bucket, tokens: Math.max(0, bucket.tokens - units) });
    }
    return { units, untilMs: nowMs + LEASE_MS, retryAfterMs: 0, ...about, left: about.left - units };
  }

  forget(): void {
    this.#buckets.clear();
  }

  #bucket(name: string, rate: Rate, nowMs: number): Bucket {
    if (this.#buckets.size > MAX_KEYS) this.#buckets.clear();
    return refill(this.#buckets.get(name) ?? fullBucket(rate, nowMs), rate, nowMs);
  }
}
