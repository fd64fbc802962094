import type { World } from './world.ts';

/** Hands an effect's reply to the driver that issued it. */
export function deliver(world: World, reply: World['replies'][number]): void {
  const { driver, order } = reply;
  world.replies.splice(world.replies.indexOf(reply), 1);
  const { ok } = reply.reply;
  const retryable = !reply.reply.ok && reply.reply.error.retryable !== false;
  world.history.delivered.push({ ...world.stamp(driver), order, ok, retryable });
  world.act(driver, () => driver.shard.reply(order, reply.reply));
}
