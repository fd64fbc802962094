import { waitUntil } from 'cloudflare:workers';
import { hourOf } from '../../core/quota/meters.ts';
import { meterOf } from '../../durable-objects/stubs.ts';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';

/** Calls are reported so long after the first of them, together. A crash loses at most these; none counts twice. */
const GATHER_MS = 2_000;
const TRIES = 5;
const TRY_AGAIN_MS = 500;

// Per isolate: calls that are not reported yet, by tenant. The isolate's name tells its reports from those of others.
const waiting = new Map<string, number>();
let isolate: string | undefined;
let reports = 0;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Counts a call for the tenant's usage; nobody waits for it. */
export function countCall(env: Pick<ObjectBindings, 'METER'>, tenant: string): void {
  const calls = waiting.get(tenant);
  waiting.set(tenant, (calls ?? 0) + 1);
  if (calls === undefined) waitUntil(report(env, tenant));
}

async function report(env: Pick<ObjectBindings, 'METER'>, tenant: string): Promise<void> {
  await sleep(GATHER_MS);
  const apiCalls = waiting.get(tenant) ?? 0;
  waiting.delete(tenant);
  isolate ??= crypto.randomUUID();
  const from = reports++;
  const lines = [{ hour: hourOf(Date.now()), workflow: '', counts: { apiCalls } }];
  for (let tries = 1; ; tries++) {
    try {
      // The same position each time: an answer that was lost does not count the calls again.
      await meterOf(env, tenant).fold({ source: `api-${isolate}`, from, to: from + 1, lines });
      return;
    } catch (error) {
      if (tries >= TRIES) {
        console.error(JSON.stringify({ level: 'error', meter: tenant, uncounted: apiCalls, error: String(error) }));
        return;
      }
      await sleep(TRY_AGAIN_MS * tries);
    }
  }
}
