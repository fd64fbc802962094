import { tenantOf } from '../../../durable-objects/stubs.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { contract, errors } from './contract.ts';
import { keyService } from './service.ts';

const service = ({ env, tenant, newId }: Context) => keyService({ tenant, registry: tenantOf(env, tenant), newId });

const keys = area('keys', contract, errors).handle({
  create: ({ body }, context) => service(context).create(body, context.actor.scopes),
  list: async (_, context) => ({ keys: await service(context).list() }),
  revoke: ({ params }, context) => service(context).revoke(params.id),
});

export { keys as area };
