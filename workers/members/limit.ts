import { meterOf, type ObjectBindings } from '../../durable-objects/stubs.ts';

/** How many members the plan allows; Infinity when it does not say. */
export async function memberLimit(env: Pick<ObjectBindings, 'METER'>, tenant: string): Promise<number> {
  const { limits } = await meterOf(env, tenant).summary();
  return limits.meters.members?.hard ?? Infinity;
}
