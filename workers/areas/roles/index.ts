import { d1Grants } from '../../access/grants.ts';
import { forgetPolicy } from '../../access/policy.ts';
import { d1Roles } from '../../access/roles.ts';
import { d1ServiceAccounts } from '../../access/service-accounts.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { d1Members } from '../../members/store.ts';
import { contract, errors } from './contract.ts';
import type { Role } from './contract.ts';
import { roleService } from './service.ts';

const service = ({ env, tenant, actor, now, newId }: Context) =>
  roleService({
    store: d1Roles(env.DB, tenant),
    held: actor.scopes,
    isUsed: async (role) => {
      const accounts = await d1ServiceAccounts(env.DB, tenant).list();
      if (accounts.some((account) => account.role === role)) return true;
      if (await d1Members(env.DB, tenant).hasRole(role)) return true;
      return (await d1Grants(env.DB, tenant).list({ role, limit: 1 })).length > 0;
    },
    now,
    newId,
  });

/** What counts in the audit log: the name and the scopes. */
const fact = ({ name, scopes }: Role) => ({ name, scopes });

const roles = area('roles', contract, errors).handle({
  list: async (_, context) => ({ roles: await service(context).list() }),
  get: ({ params }, context) => service(context).get(params.id),
  create: async ({ body }, context) => {
    const made = await service(context).create(body);
    forgetPolicy(context.tenant);
    context.touched({ after: fact(made) });
    return made;
  },
  replace: async ({ params, body }, context) => {
    const { before, after } = await service(context).replace(params.id, body);
    forgetPolicy(context.tenant);
    context.touched({ before: fact(before), after: fact(after) });
    return after;
  },
  remove: async ({ params }, context) => {
    const gone = await service(context).remove(params.id);
    forgetPolicy(context.tenant);
    context.touched({ before: fact(gone) });
  },
});

export { roles as area };
