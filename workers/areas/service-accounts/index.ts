import { tenantOf } from '../../../durable-objects/stubs.ts';
import { d1Grants } from '../../access/grants.ts';
import { forgetPolicy, MAX_GRANTS_EACH, roleScopes } from '../../access/policy.ts';
import { d1ServiceAccounts } from '../../access/service-accounts.ts';
import type { ServiceAccount } from '../../access/service-accounts.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { contract, errors } from './contract.ts';
import { serviceAccountService } from './service.ts';

const service = ({ env, tenant, actor, now, newId }: Context) =>
  serviceAccountService({
    tenant,
    store: d1ServiceAccounts(env.DB, tenant),
    registry: tenantOf(env, tenant),
    held: actor.scopes,
    mostOf: async ({ id, role }) => {
      const grants = await d1Grants(env.DB, tenant).list({ to: { kind: 'service', id }, limit: MAX_GRANTS_EACH });
      const roles = new Set([role, ...grants.map((grant) => grant.role)]);
      return (await Promise.all([...roles].map((each) => roleScopes(env, tenant, each)))).flat();
    },
    scopesOf: (role) => roleScopes(env, tenant, role),
    removeGrants: (id) => d1Grants(env.DB, tenant).removeTo({ kind: 'service', id }),
    now,
    newId,
  });

const fact = ({ name, role, disabledAt }: ServiceAccount) => ({ name, role, disabledAt });

const serviceAccounts = area('service-accounts', contract, errors).handle({
  list: async (_, context) => ({ accounts: await service(context).list() }),
  get: ({ params }, context) => service(context).get(params.id),
  create: async ({ body }, context) => {
    const made = await service(context).create(body);
    forgetPolicy(context.tenant);
    context.touched({ after: fact(made) });
    return made;
  },
  change: async ({ params, body }, context) => {
    const { before, after } = await service(context).change(params.id, body);
    forgetPolicy(context.tenant);
    context.touched({ before: fact(before), after: fact(after) });
    return after;
  },
  remove: async ({ params }, context) => {
    const gone = await service(context).remove(params.id);
    forgetPolicy(context.tenant);
    context.touched({ before: fact(gone) });
  },
  keys: async ({ params }, context) => ({ keys: await service(context).keys(params.id) }),
  addKey: async ({ params, body }, context) => {
    const made = await service(context).addKey(params.id, body);
    context.touched({ after: { key: made.id, name: made.name, scopes: made.scopes } });
    return made;
  },
  revokeKey: async ({ params }, context) => {
    await service(context).revokeKey(params.id, params.key);
    context.touched({ before: { key: params.key } });
  },
});

export { serviceAccounts as area };
