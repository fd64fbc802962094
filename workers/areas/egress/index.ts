import { tenantOf } from '../../../durable-objects/stubs.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { valueOf } from '../../kit/refusal.ts';
import { contract, errors } from './contract.ts';
import { egressService } from './service.ts';

const service = ({ env, tenant }: Context) =>
  egressService({
    rules: async () => valueOf(await tenantOf(env, tenant).profile()).egress,
    keep: async (rules) => void valueOf(await tenantOf(env, tenant).setEgress(rules)),
  });

const egress = area('egress', contract, errors).handle({
  get: (_, context) => service(context).get(),
  replace: async ({ body }, context) => {
    const { before, after } = await service(context).replace(body);
    context.touched({ target: context.tenant, before, after });
    return after;
  },
});

export { egress as area };
