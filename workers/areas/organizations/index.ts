import { meterOf } from '../../../durable-objects/stubs.ts';
import { createOrganization, environmentsOf } from '../../organizations/create.ts';
import { hooksUrl } from '../../kit/hook-url.ts';
import { organizationsOf } from '../../members/store.ts';
import { personArea } from '../../kit/person.ts';
import { problemsOf } from '../../kit/problem.ts';
import { QUICK_START_PATH } from '../../seed/quick-start.ts';
import { contract, errors } from './contract.ts';
import { idFrom, MAX_OWNED } from './naming.ts';
import { offeredPlan } from './plans.ts';

const problem = problemsOf(errors);

const organizations = personArea('organizations', contract, errors).handle({
  create: async ({ body }, context) => {
    const { env, person, origin, newId } = context;
    const { name, region, environments } = body;
    const plan = offeredPlan(body.plan, env.SIGN_UP_PLANS);
    const owned = (await organizationsOf(env.DB, person.id, 1_000)).filter(({ role }) => role === 'owner');
    if (owned.length >= MAX_OWNED) {
      throw problem('organizations-full', { hint: 'Give one to somebody else, or delete it, first.' });
    }
    const id = body.id ?? idFrom(name, newId('x').slice(2, 10));
    const isMade = await createOrganization(env, { id, name, owner: person.id, origin, region, plan, environments });
    if (!isMade) throw problem('organization-taken', { hint: 'Choose another id, or leave it out.' });
    const given = (await meterOf(env, id).summary()).plan;
    context.concerns(id, { target: id, after: { name, region: region ?? null, plan: given } });
    return {
      id,
      name,
      role: 'owner' as const,
      region: region ?? null,
      plan: given,
      environments: await environmentsOf(env, id),
      quickStart: hooksUrl(origin, id, QUICK_START_PATH),
    };
  },
});

export { organizations as area };
