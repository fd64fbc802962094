import { tenantOf } from '../../../durable-objects/stubs.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { contract, errors } from './contract.ts';
import { environmentRemoved } from './events.ts';
import { environmentService } from './service.ts';
import { d1Environments } from './store.ts';

const service = ({ env, tenant, origin, now, emit }: Context) =>
  environmentService({
    tenant,
    origin,
    store: d1Environments(env.DB, tenant),
    registry: tenantOf(env, tenant),
    removed: (name) => emit(environmentRemoved, { name }),
    now,
  });

const environments = area('environments', contract, errors).handle({
  list: async (_, context) => ({ environments: await service(context).list() }),
  create: async ({ body }, context) => {
    const made = await service(context).create(body.name);
    context.touched({ target: body.name, after: { name: body.name } });
    return made;
  },
  bindings: async ({ params }, context) => ({ bindings: await service(context).bindings(params.name) }),
  bind: async ({ params, body }, context) => {
    const made = await service(context).bind(params.name, params.id, body.uses);
    context.touched({ target: `${params.name}/${params.id}`, after: { ...made } });
    return made;
  },
  unbind: async ({ params }, context) => {
    await service(context).unbind(params.name, params.id);
    context.touched({ target: `${params.name}/${params.id}`, before: { ...params } });
  },
  remove: async ({ params }, context) => {
    await service(context).remove(params.name);
    context.touched({ target: params.name, before: { name: params.name } });
  },
});

export { environments as area };
