import { waitUntil } from 'cloudflare:workers';
import type { ApiGrant } from '../../durable-objects/meter/protocol.ts';
import { meterOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { BoundedCache } from '../kit/bounded-cache.ts';
import type { Actor } from '../kit/context.ts';
import { countCall } from './call-count.ts';
import { rateHeaders, retryHeaders } from '../kit/limit-headers.ts';
import { common } from '../kit/problem.ts';

/** A lease that has less left is renewed while requests go on. */
const RENEW_BEFORE_MS = 1_500;
/** A refusal is repeated for so long at most without asking. */
const MAX_REFUSED_MS = 1_000;
/** Without an answer from the meter, calls go on for so long: the limits are there to be fair, not to be in the way. */
const BLIND_MS = 1_000;
const KEEP_MS = 60_000;

interface Lease extends ApiGrant {
  /** Of the key's bucket or the tenant's, as told; less what was spent since. */
  left: number;
  isRefused: boolean;
  renewing: boolean;
}

// Per isolate, by tenant and key.
const leases = new BoundedCache<Lease>(5_000);

/**
 * Takes what a call costs from the units this isolate leased for its key. Asks the meter when they are used up, not per
 * call. Returns the headers that say what is left. @throws Problem rate-limited.
 */
export async function spend(env: Env, actor: Actor, cost: number): Promise<Record<string, string>> {
  const { tenant } = actor;
  const name = `${tenant}/${actor.kind}/${actor.id}`;
  const nowMs = Date.now();
  let lease = leases.get(name, nowMs);
  const isSpent = !lease || lease.untilMs <= nowMs || lease.units < cost;
  if (isSpent) {
    // Refused a moment ago: no need to ask again.
    if (lease?.isRefused && nowMs < lease.untilMs) throw refused(lease, lease.untilMs - nowMs);
    lease = await ask(env, { actor, name, cost });
    if (lease.isRefused) throw refused(lease, lease.retryAfterMs);
  } else if (lease && !lease.renewing && lease.untilMs - nowMs < RENEW_BEFORE_MS) {
    lease.renewing = true;
    waitUntil(ask(env, { actor, name, cost }));
  }
  if (!lease) return {};
  lease.units = Math.max(0, lease.units - cost);
  countCall(env, tenant);
  return lease.rate ? rateHeaders('api', lease.rate, lease.left + lease.units) : {};
}

async function ask(env: Env, { actor, name, cost }: { actor: Actor; name: string; cost: number }): Promise<Lease> {
  const { tenant } = actor;
  let lease: Lease;
  try {
    const grant = await meterOf(env, tenant).api({ key: `${actor.kind}/${actor.id}`, cost });
    const isRefused = grant.units === 0;
    const untilMs = isRefused ? Date.now() + Math.min(MAX_REFUSED_MS, grant.retryAfterMs) : grant.untilMs;
    lease = { ...grant, untilMs, isRefused, renewing: false };
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', meter: tenant, error: String(error) }));
    const untilMs = Date.now() + BLIND_MS;
    lease = { units: cost * 1_000, untilMs, retryAfterMs: 0, left: 0, isRefused: false, renewing: false };
  }
  leases.set(name, lease, Date.now() + KEEP_MS);
  return lease;
}

function refused({ rate, spent }: Lease, retryAfterMs: number) {
  if (spent) {
    return common('rate-limited', {
      detail: `The plan's limit of API calls is reached: ${spent.limit}.`,
      hint: 'It starts anew with the next month; a larger plan takes effect at once.',
      headers: retryHeaders(retryAfterMs, { meter: 'apiCalls', limit: spent.limit }),
    });
  }
  const headers = rate
    ? { ...rateHeaders('api', rate, 0), 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) }
    : retryHeaders(retryAfterMs);
  return common('rate-limited', {
    detail: 'This key, or its organisation, called more often than its plan allows.',
    hint: 'Wait as long as Retry-After says. Each call weighs its cost in /openapi.json.',
    headers,
  });
}
