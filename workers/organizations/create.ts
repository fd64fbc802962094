import { tenantOf } from '../../durable-objects/stubs.ts';
import { d1Directory } from '../areas/tenant/store.ts';
import { workflowPorts } from '../areas/workflows/wiring.ts';
import type { Env } from '../env.ts';
import { newId } from '../kit/context.ts';
import { d1Members } from '../members/store.ts';
import { seedWorkflow } from '../seed/index.ts';

export interface NewOrganization {
  id: string;
  name: string;
  /** Id of the user who owns it. */
  owner: string;
  /** Scheme and host where hooks of it are reached. */
  origin: string;
}

/** Makes an organisation with its owner and a first workflow. False when the id is taken: nothing was changed. */
export async function createOrganization(env: Env, { id, name, owner, origin }: NewOrganization): Promise<boolean> {
  const nowMs = Date.now();
  // The directory decides who came first; everything after it belongs to whoever did.
  if (!(await d1Directory(env.DB).claim(id, nowMs))) return false;
  await tenantOf(env, id).create({ id, name });
  await d1Members(env.DB, id).add({ user: owner, role: 'owner', nowMs, most: 1 });
  const touched = (): void => undefined;
  await seedWorkflow(workflowPorts({ env, tenant: id, origin, touched, now: () => Date.now(), newId }));
  return true;
}
