import { STANDARD_ENVIRONMENTS } from '../../../core/environment/reference.ts';
import { runnerOf, tenantOf } from '../../../durable-objects/stubs.ts';
import type { Context } from '../../kit/context.ts';
import { forgetRoutes, routesOf } from '../../kit/route-table.ts';
import { missingIn } from './missing.ts';
import type { WorkflowPorts } from './ports.ts';
import { credentialGate } from '../../vault/gate.ts';
import { d1Workflows } from './store.ts';

/** The only place of this area where bindings become ports. */
export const workflowPorts = ({
  env,
  tenant,
  origin,
  now,
  newId,
  touched,
  actor,
  reach,
}: Pick<Context, 'env' | 'tenant' | 'origin' | 'now' | 'newId' | 'touched'> &
  Partial<Pick<Context, 'actor' | 'reach'>>): WorkflowPorts => ({
  tenant,
  ...(actor && { actor: `${actor.kind}:${actor.id}` }),
  origin,
  store: d1Workflows(env.DB, tenant),
  registry: tenantOf(env, tenant),
  runner: (shard) => runnerOf(env, tenant, shard),
  shards: async () => (await routesOf(env, tenant)).shards,
  hasEnvironment: async (name) => {
    if (STANDARD_ENVIRONMENTS.some((each) => each === name)) return true;
    const select = 'SELECT 1 AS there FROM environments WHERE tenant_id = ? AND name = ?';
    return (await env.DB.prepare(select).bind(tenant, name).first()) !== null;
  },
  missing: (document, environment) => missingIn({ env, tenant }, document, environment),
  secretVariables: async () => {
    const select = 'SELECT DISTINCT name FROM variables WHERE tenant_id = ? AND secret = 1';
    const { results } = await env.DB.prepare(select).bind(tenant).all<{ name: string }>();
    return new Set(results.map(({ name }) => name));
  },
  credentials: credentialGate(env.DB, tenant, actor && { ...actor, reach: reach ?? [] }),
  routesChanged: () => forgetRoutes(tenant),
  touched,
  now,
  newId,
});
