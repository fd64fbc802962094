import { type Bucket, fullBucket, type Rate, refill, waitFor } from '../../core/quota/bucket.ts';
import type { Refusal } from '../../durable-objects/runner/protocol.ts';
import { BoundedCache } from '../kit/bounded-cache.ts';
import { retryHeaders } from '../kit/limit-headers.ts';
import { newRequestId, SECURITY_HEADERS } from '../kit/response.ts';

/** Let in one at a time to look whether the limit still stands. */
const PROBE_MS = 250;
/** A changed plan is seen at the door within this. */
const MAX_CLOSED_MS = 1_000;
/** A tenant that was not refused for so long needs no doorkeeper. */
const FORGET_MS = 60_000;

/** Refusals a tenant gets without waiting. */
const PATIENCE: Rate = { perSecond: 20, burst: 20 };
/**
 * Beyond that a tenant's leave one behind the other: a connection brings its next request when the last is answered, so
 * a flood slows to this pace, and what it costs is spread out instead of falling on another tenant's call in one piece.
 */
const GAP_MS = 10;
/** Each that waits holds memory, so who would wait longer is answered at once. */
const MAX_WAIT_MS = 2_000;

interface Pace {
  patience: Bucket;
  /** When the last that waits leaves: by time and not by who left, for whose sender gave up never comes to its end. */
  lastLeavesMs: number;
}

interface Door {
  refusal: Refusal;
  /** How fast runs may start, where a rate is what was reached. */
  rate: Rate | undefined;
  bucket: Bucket;
  closedUntilMs: number;
  pace: Pace;
}

// Per isolate, only of tenants that were refused. Each isolate lets the whole rate in; leases hold it exactly.
const doors = new BoundedCache<Door>(5_000);

/**
 * What a tenant beyond its limits gets: a refusal that costs next to nothing, before its routes are looked up, its body
 * read or an object touched. Undefined: come in.
 */
export function turnedAway(tenant: string): Response | Promise<Response> | undefined {
  const nowMs = Date.now();
  const door = doors.get(tenant, nowMs);
  if (!door) return undefined;
  if (nowMs < door.closedUntilMs) return slowly(door, nowMs, refuse(door, door.closedUntilMs - nowMs));
  if (!door.rate) {
    door.closedUntilMs = nowMs + PROBE_MS;
    return undefined;
  }
  door.bucket = refill(door.bucket, door.rate, nowMs);
  if (door.bucket.tokens < 1) {
    const waitMs = waitFor(door.bucket, door.rate, 1);
    door.closedUntilMs = nowMs + waitMs;
    return slowly(door, nowMs, refuse(door, waitMs));
  }
  door.bucket = { ...door.bucket, tokens: door.bucket.tokens - 1 };
  return undefined;
}

/** A runner refused this tenant's run: the next ones are refused here. */
export function wasRefused(tenant: string, refusal: Refusal): void {
  const { quota, retryAfterMs, status } = refusal;
  if (status !== 429 || !quota || retryAfterMs === undefined) return;
  const nowMs = Date.now();
  const burst = quota.burst ?? 0;
  const rate = quota.meter === 'rate' && burst > 0 ? { perSecond: quota.limit, burst } : undefined;
  const closedUntilMs = nowMs + Math.min(retryAfterMs, MAX_CLOSED_MS);
  // What was let in meanwhile must not fill the bucket again.
  const bucket = { tokens: 0, atMs: nowMs };
  const pace = doors.get(tenant, nowMs)?.pace ?? { patience: fullBucket(PATIENCE, nowMs), lastLeavesMs: nowMs };
  doors.set(tenant, { refusal, rate, bucket, closedUntilMs, pace }, nowMs + FORGET_MS);
}

/** A run of a tenant that had used up its quota was taken: its limits changed. */
export function wasTaken(tenant: string): void {
  const door = doors.get(tenant, Date.now());
  if (door && !door.rate) doors.delete(tenant);
}

function slowly({ pace }: Door, nowMs: number, response: Response): Response | Promise<Response> {
  pace.patience = refill(pace.patience, PATIENCE, nowMs);
  if (pace.patience.tokens >= 1) {
    pace.patience = { ...pace.patience, tokens: pace.patience.tokens - 1 };
    return response;
  }
  const leavesMs = Math.max(pace.lastLeavesMs, nowMs) + GAP_MS;
  if (leavesMs > nowMs + MAX_WAIT_MS) return response;
  pace.lastLeavesMs = leavesMs;
  return new Promise((done) => setTimeout(() => done(response), leavesMs - nowMs));
}

function refuse({ refusal, rate }: Door, waitMs: number): Response {
  const { status, code, message: title, hint, quota } = refusal;
  const requestId = newRequestId();
  const retryAfterMs = rate ? waitMs : (refusal.retryAfterMs ?? waitMs);
  return new Response(JSON.stringify({ status, code, title, hint, ...quota, requestId }), {
    status,
    headers: {
      ...SECURITY_HEADERS,
      ...retryHeaders(retryAfterMs, quota),
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
    },
  });
}
