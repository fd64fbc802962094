import { meterOf, type ObjectBindings } from '../../durable-objects/stubs.ts';

/** Whatever the plan says. */
const MAX_MEMBERS = 10_000;

/** How many members the plan allows. */
export async function memberLimit(env: Pick<ObjectBindings, 'METER'>, tenant: string): Promise<number> {
  const { limits } = await meterOf(env, tenant).summary();
  return Math.min(MAX_MEMBERS, limits.meters.members?.hard ?? Infinity);
}
