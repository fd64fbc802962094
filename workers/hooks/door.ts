import { type Bucket, type Rate, refill, waitFor } from '../../core/quota/bucket.ts';
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

/**
 * Who is refused more often than this is kept waiting for the refusal: a connection brings its next request when the
 * last is answered, so a flood slows to what its connections carry. Few at once, for each that waits holds memory.
 */
const PATIENT_PER_SECOND = 50;
const LINGER_MS = 250;
const MAX_LINGERING = 200;

interface Door {
  refusal: Refusal;
  /** How fast runs may start, where a rate is what was reached. */
  rate: Rate | undefined;
  bucket: Bucket;
  closedUntilMs: number;
  refusedInSecond: { startMs: number; count: number };
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
  const refusedInSecond = doors.get(tenant, nowMs)?.refusedInSecond ?? { startMs: nowMs, count: 0 };
  doors.set(tenant, { refusal, rate, bucket, closedUntilMs, refusedInSecond }, nowMs + FORGET_MS);
}

/** A run of a tenant that had used up its quota was taken: its limits changed. */
export function wasTaken(tenant: string): void {
  const door = doors.get(tenant, Date.now());
  if (door && !door.rate) doors.delete(tenant);
}

// By time, not by who left: a request that its sender gave up never comes to its end here.
let lingering = { startMs: 0, count: 0 };

function slowly({ refusedInSecond: recent }: Door, nowMs: number, response: Response): Response | Promise<Response> {
  if (nowMs - recent.startMs >= 1_000) [recent.startMs, recent.count] = [nowMs, 0];
  if (++recent.count <= PATIENT_PER_SECOND) return response;
  if (nowMs - lingering.startMs >= LINGER_MS) lingering = { startMs: nowMs, count: 0 };
  if (++lingering.count > MAX_LINGERING) return response;
  return new Promise((done) => setTimeout(() => done(response), LINGER_MS));
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
