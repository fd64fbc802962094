import { parseRunId } from '../../durable-objects/runner/protocol.ts';
import { runnerOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { routesOf } from '../kit/route-table.ts';

/** The runner that holds a run: its id says which. Undefined: no run of the tenant can have such an id. */
export async function runnerOfRun(env: Env, tenant: string, run: string) {
  const place = parseRunId(run);
  if (!place) return undefined;
  const { shards } = await routesOf(env, tenant);
  return place.shard < shards ? runnerOf(env, tenant, place.shard) : undefined;
}
