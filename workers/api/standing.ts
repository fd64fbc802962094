import type { Env } from '../env.ts';
import type { Actor } from '../kit/context.ts';
import type { AnyRoute } from '../kit/contract.ts';
import { common, suspended } from '../kit/problem.ts';
import { routesOf } from '../kit/route-table.ts';

/**
 * Refuses everything of an organisation that is gone, while a key or a member of it is still remembered. Before any object
 * is asked. A member stays signed in: to them it is an organisation that they are not in.
 */
export async function refuseGone(env: Env, { kind, tenant }: Actor): Promise<void> {
  if ((await routesOf(env, tenant)).shards > 0) return;
  if (kind === 'member') throw common('not-found', { detail: 'You belong to no organisation of that id.' });
  throw common('key-invalid', { hint: 'This organization does not exist any more.' });
}

/**
 * Refuses what an organisation that is suspended or being deleted may not do (LIF1). Costs a look into the isolate's own
 * table, which is at most a second old.
 */
export async function refuseUnlessActive(
  env: Env,
  tenant: string,
  { whileSuspended }: Pick<AnyRoute, 'whileSuspended'>,
): Promise<void> {
  if (whileSuspended === 'refused' && (await routesOf(env, tenant)).standing !== 'active') throw suspended();
}
