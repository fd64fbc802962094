import { createOrganization } from '../../organizations/create.ts';
import { organizationsOf } from '../../members/store.ts';
import { personArea } from '../../kit/person.ts';
import { problemsOf } from '../../kit/problem.ts';
import { contract, errors } from './contract.ts';
import { idFrom, MAX_OWNED } from './naming.ts';

const problem = problemsOf(errors);

const organizations = personArea('organizations', contract, errors).handle({
  create: async ({ body }, context) => {
    const { env, person, origin, newId } = context;
    const owned = (await organizationsOf(env.DB, person.id, 1_000)).filter(({ role }) => role === 'owner');
    if (owned.length >= MAX_OWNED) {
      throw problem('organizations-full', { hint: 'Give one to somebody else, or delete it, first.' });
    }
    const id = body.id ?? idFrom(body.name, newId('x').slice(2, 10));
    const isMade = await createOrganization(env, { id, name: body.name, owner: person.id, origin });
    if (!isMade) throw problem('organization-taken', { hint: 'Choose another id, or leave it out.' });
    context.concerns(id, { target: id, after: { name: body.name } });
    return { id, name: body.name, role: 'owner' as const };
  },
});

export { organizations as area };
