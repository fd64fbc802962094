import { PRODUCTION, STANDARD_ENVIRONMENTS } from '../../core/environment/reference.ts';
import type { Region } from '../../core/environment/region.ts';
import { meterOf, near, tenantOf } from '../../durable-objects/stubs.ts';
import { d1Environments } from '../areas/environments/store.ts';
import { d1Directory } from '../areas/tenant/store.ts';
import { workflowPorts } from '../areas/workflows/wiring.ts';
import type { Env } from '../env.ts';
import { newId } from '../kit/context.ts';
import { objectsOf, registryOf } from '../lifecycle/objects.ts';
import { removeRows } from '../lifecycle/rows.ts';
import { d1Members } from '../members/store.ts';
import { seedWorkflow } from '../seed/index.ts';

interface NewOrganization {
  id: string;
  name: string;
  /** Id of the user who owns it; absent: nobody, it is for machines and begins empty. */
  owner?: string;
  /** Where its objects are made. */
  region?: Region | undefined;
  /** By name; absent: the deployment's. */
  plan?: string | undefined;
  /** Besides the standard ones. */
  environments?: readonly string[] | undefined;
  /** Scheme and host where hooks of it are reached. */
  origin: string;
}

/** Makes an organisation, ready to be used. False when the id is taken: nothing was changed. */
export async function createOrganization(env: Env, wanted: NewOrganization): Promise<boolean> {
  // The directory decides who came first; everything after it belongs to whoever did.
  if (!(await d1Directory(env.DB).claim(wanted.id, Date.now()))) return false;
  try {
    await furnish(env, wanted);
  } catch (error) {
    await abandon(env, wanted.id);
    throw error;
  }
  return true;
}

async function furnish(env: Env, { id, name, owner, region, plan, environments = [], origin }: NewOrganization) {
  const there = near(env, region ?? null);
  await tenantOf(there, id).create({ id, name, region });
  // Each is where it is first called from, for good: before anything else calls it.
  if (region !== undefined) {
    await Promise.all(objectsOf(there, id, { shards: 1, credentials: [] }).map((each) => each.wake()));
  }
  if (plan !== undefined) await meterOf(env, id).setPlan({ plan, overrides: {} });
  const own = environments.filter((each) => !STANDARD_ENVIRONMENTS.some((standard) => standard === each));
  for (const each of own) await d1Environments(env.DB, id).add(each, Date.now());
  if (owner === undefined) return;
  await d1Members(env.DB, id).add({ user: owner, role: 'owner', nowMs: Date.now(), most: 1 });
  const touched = (): void => undefined;
  await seedWorkflow(workflowPorts({ env, tenant: id, origin, touched, now: () => Date.now(), newId }));
}

/** The names of its environments, in the order workflows are promoted. */
export async function environmentsOf(env: Env, id: string): Promise<string[]> {
  const before = STANDARD_ENVIRONMENTS.filter((name) => name !== PRODUCTION);
  return [...before, ...(await d1Environments(env.DB, id).names()), PRODUCTION];
}

/** Half an organisation would keep its id from everybody, whoever asked for it included. */
async function abandon(env: Env, id: string): Promise<void> {
  try {
    for (const each of [...objectsOf(env, id, { shards: 1, credentials: [] }), registryOf(env, id)]) await each.erase();
    await removeRows(env.DB, id);
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', abandoned: id, error: String(error) }));
  }
}
