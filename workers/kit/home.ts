import type { Region } from '../../core/environment/region.ts';
import { near, tenantOf } from '../../durable-objects/stubs.ts';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';
import { BoundedCache } from './bounded-cache.ts';

const KEEP_MS = 60 * 60_000;

// Per isolate. A region never changes, and an id is given once.
const regions = new BoundedCache<Region | null>(5_000);

/** Bindings that make a tenant's objects where its others are: for those that are not made with the organisation. */
export async function atHome(env: ObjectBindings, tenant: string): Promise<ObjectBindings> {
  const nowMs = Date.now();
  let region = regions.get(tenant, nowMs);
  if (region === undefined) {
    const profile = await tenantOf(env, tenant).profile();
    region = profile.ok ? profile.value.region : null;
    regions.set(tenant, region, nowMs + KEEP_MS);
  }
  return near(env, region);
}
