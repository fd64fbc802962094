import { scopesAt } from '../../../core/access/grant.ts';
import { d1Grants, isMember } from '../../access/grants.ts';
import { placesOf } from '../../access/places.ts';
import { forgetPolicy, rightsOf, roleScopes, serviceAccount } from '../../access/policy.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import type { ResourceKind } from '../../kit/contract.ts';
import { contract, errors } from './contract.ts';
import type { Grant } from './contract.ts';
import { grantService, placeView } from './service.ts';

const service = ({ env, tenant, actor, now, newId }: Context) =>
  grantService({
    tenant,
    store: d1Grants(env.DB, tenant),
    by: `${actor.kind}:${actor.id}`,
    heldAt: async (places) => scopesAt(await rightsOf(env, actor), places, now()),
    scopesOf: (role) => roleScopes(env, tenant, role),
    isKnown: async ({ kind, id }) =>
      kind === 'member' ? isMember(env.DB, tenant, id) : (await serviceAccount(env, tenant, id)) !== undefined,
    // SAFETY: the contract lets only these kinds through.
    placesOf: ({ kind, id }) => placesOf(env, tenant, kind as ResourceKind, id),
    now,
    newId,
  });

const fact = ({ to, role, on, startsAt, endsAt }: Grant) => ({ to, role, on, startsAt, endsAt });

const grants = area('grants', contract, errors).handle({
  me: async (_, { env, actor }) => {
    const { scopes, grants: held } = await rightsOf(env, actor);
    return {
      kind: actor.kind,
      id: actor.id,
      organization: actor.tenant,
      role: actor.role ?? null,
      scopes: [...scopes],
      grants: held.map((grant) => ({ ...grant, on: placeView(grant.on), scopes: [...grant.scopes] })),
    };
  },
  list: ({ query }, context) => service(context).list(query),
  create: async ({ body }, context) => {
    const made = await service(context).create(body);
    forgetPolicy(context.tenant);
    context.touched({ after: fact(made) });
    return made;
  },
  remove: async ({ params }, context) => {
    const gone = await service(context).remove(params.id);
    forgetPolicy(context.tenant);
    context.touched({ before: fact(gone) });
  },
});

export { grants as area };
