import { tenantOf } from '../../../durable-objects/stubs.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { contract, errors } from './contract.ts';
import { keyService } from './service.ts';

const service = ({ env, tenant, newId, now }: Context) =>
  keyService({ tenant, registry: tenantOf(env, tenant), newId, now });

const keys = area('keys', contract, errors).handle({
  create: async ({ body }, context) => {
    const made = await service(context).create(body, context.actor);
    context.touched({ target: made.id, after: { name: made.name, scopes: made.scopes } });
    return made;
  },
  list: async (_, context) => ({ keys: await service(context).list() }),
  revoke: ({ params }, context) => service(context).revoke(params.id),
});

export { keys as area };
