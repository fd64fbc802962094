import { runnerOf, tenantOf } from '../../../durable-objects/stubs.ts';
import type { Context } from '../../kit/context.ts';
import { forgetRoutes, routesOf } from '../../kit/route-table.ts';
import type { WorkflowPorts } from './ports.ts';
import { d1Workflows } from './store.ts';

/** The only place of this area where bindings become ports. */
export const workflowPorts = ({
  env,
  tenant,
  origin,
  now,
  newId,
  touched,
}: Pick<Context, 'env' | 'tenant' | 'origin' | 'now' | 'newId' | 'touched'>): WorkflowPorts => ({
  tenant,
  origin,
  store: d1Workflows(env.DB, tenant),
  registry: tenantOf(env, tenant),
  runner: (shard) => runnerOf(env, tenant, shard),
  shards: async () => (await routesOf(env, tenant)).shards,
  routesChanged: () => forgetRoutes(tenant),
  touched,
  now,
  newId,
});
