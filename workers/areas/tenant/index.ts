import { tenantOf } from '../../../durable-objects/stubs.ts';
import { area } from '../../kit/area.ts';
import { valueOf } from '../../kit/refusal.ts';
import { contract, errors } from './contract.ts';

const tenant = area('tenant', contract, errors).handle({
  get: async (_, context) => valueOf(await tenantOf(context.env, context.tenant).profile()),
});

export { tenant as area };
