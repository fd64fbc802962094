import type { Outcome, RunnerRpc } from '../../../durable-objects/runner/protocol.ts';
import type { TenantProfile, TenantRpc } from '../../../durable-objects/tenant/protocol.ts';
import type { Directory } from './store.ts';

interface ReaperPorts {
  directory: Directory;
  tenant(tenant: string): Pick<TenantRpc, 'touch'> & { profile(): Promise<Outcome<Pick<TenantProfile, 'shards'>>> };
  runner(tenant: string, shard: number): Pick<RunnerRpc, 'touch'>;
  now(): number;
}

/** An alarm this late has been lost. */
const OVERDUE_MS = 30_000;
/** Every tenant is visited at least this often, as far as the share below allows. */
const VISIT_EVERY_MS = 10 * 60_000;
/** Visits in one cron tick: a tick must end before the next begins. */
const SHARE = 50;

/**
 * Repairs lost alarms: visits what is overdue, then the tenants unseen for longest. Objects wake by their own alarms;
 * this is the net under them. `everything`: after a restart, all tenants, page by page.
 */
export async function reap(ports: ReaperPorts, everything: boolean): Promise<{ tenants: number; shards: number }> {
  const { directory, now } = ports;
  const startMs = now();
  const overdue = await directory.overdue(startMs - OVERDUE_MS, SHARE);
  await Promise.all(overdue.map((place) => touchShard(ports, place)));
  const seen = { tenants: 0, shards: overdue.length };
  for (;;) {
    const stale = await directory.stale(everything ? startMs : startMs - VISIT_EVERY_MS, SHARE);
    const shards = await Promise.all(stale.map((tenant) => visit(ports, tenant, startMs)));
    seen.tenants += stale.length;
    seen.shards += shards.reduce((sum, count) => sum + count, 0);
    if (!everything || stale.length === 0) return seen;
  }
}

/** Marks the tenant first: one that cannot be visited must not keep the others waiting. */
async function visit(ports: ReaperPorts, tenant: string, atMs: number): Promise<number> {
  await ports.directory.touched(tenant, atMs);
  try {
    const object = ports.tenant(tenant);
    const profile = await object.profile();
    if (!profile.ok) return 0;
    await object.touch();
    const places = Array.from({ length: profile.value.shards }, (_, shard) => ({ tenant, shard }));
    await Promise.all(places.map((place) => touchShard(ports, place)));
    return places.length;
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', reaper: tenant, error: String(error) }));
    return 0;
  }
}

async function touchShard(
  { directory, runner, now }: ReaperPorts,
  place: { tenant: string; shard: number },
): Promise<void> {
  try {
    const { dueAt } = await runner(place.tenant, place.shard).touch();
    await directory.setDue(place, dueAt, now());
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', reaper: place, error: String(error) }));
  }
}
