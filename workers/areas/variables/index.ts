import { runnerOf } from '../../../durable-objects/stubs.ts';
import { area, subscription } from '../../kit/area.ts';
import type { Context, JobContext } from '../../kit/context.ts';
import { problemsOf } from '../../kit/problem.ts';
import { routesOf } from '../../kit/route-table.ts';
import { VaultError } from '../../vault/envelope.ts';
import { sealValue } from '../../vault/values.ts';
import { variablePlace } from '../../vault/variables.ts';
import { environmentRemoved } from '../environments/events.ts';
import { contract, errors } from './contract.ts';
import { variableService } from './service.ts';
import { d1Variables } from './store.ts';

const problem = problemsOf(errors);

async function tellRunners({ env, tenant }: Pick<JobContext, 'env' | 'tenant'>): Promise<void> {
  const { shards } = await routesOf(env, tenant);
  await Promise.all(Array.from({ length: shards }, (_, shard) => runnerOf(env, tenant, shard).variablesChanged()));
}

const service = (context: Context) =>
  variableService({
    store: d1Variables(context.env.DB, context.tenant),
    hasEnvironment: async (name) => {
      const select = 'SELECT 1 AS there FROM environments WHERE tenant_id = ? AND name = ?';
      return (await context.env.DB.prepare(select).bind(context.tenant, name).first()) !== null;
    },
    seal: async ({ environment, name }, text) => {
      try {
        const place = variablePlace(context.tenant, environment, name);
        return await sealValue(context.env, context.tenant, { place, text });
      } catch (error) {
        if (!(error instanceof VaultError)) throw error;
        const hint = 'Start with the DEPLOYMENT_KEY it was made with.';
        throw problem('vault-closed', { detail: error.message, hint });
      }
    },
    changed: () => tellRunners(context),
    now: context.now,
  });

const variables = area('variables', contract, errors).handle(
  {
    list: async ({ query }, context) => ({ variables: await service(context).list(query.environment) }),
    set: async ({ params, body }, context) => {
      const made = await service(context).set(params.environment, params.name, body);
      // of a secret one not even a hash: short values could be guessed from it
      context.touched({ target: `${params.environment}/${params.name}`, after: { ...made, value: made.value ?? '' } });
      return made;
    },
    remove: async ({ params }, context) => {
      await service(context).remove(params.environment, params.name);
      context.touched({ target: `${params.environment}/${params.name}`, before: { ...params } });
    },
  },
  [
    subscription(environmentRemoved, async ({ name }, context) => {
      await d1Variables(context.env.DB, context.tenant).removeAll(name);
      await tellRunners(context);
    }),
  ],
);

export { variables as area };
