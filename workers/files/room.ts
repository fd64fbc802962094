import { NodeError } from '../../core/node/kit.ts';
import { meterOf, type ObjectBindings } from '../../durable-objects/stubs.ts';

/** Asks the tenant's plan for room. @throws NodeError storage-full. */
export async function roomFor(env: Pick<ObjectBindings, 'METER'>, tenant: string, bytes: number): Promise<void> {
  const { ok, used, hard } = await meterOf(env, tenant).store(bytes);
  if (ok) return;
  throw new NodeError(
    'storage-full',
    `The plan allows ${hard} bytes of storage; ${used} are used and the file has ${bytes}. Delete files or take a larger plan.`,
  );
}
