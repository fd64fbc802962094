import { tenantOf } from '../../../durable-objects/stubs.ts';
import { forgetPerson } from '../../api/session.ts';
import { refuseUnlessActive } from '../../api/standing.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { personArea } from '../../kit/person.ts';
import type { PersonContext } from '../../kit/person.ts';
import { problemsOf } from '../../kit/problem.ts';
import { isLink } from '../../members/link.ts';
import { admitInvited } from '../../members/joining.ts';
import { takeOut } from '../../members/leaving.ts';
import { d1Members, findInvitation, organizationsOf } from '../../members/store.ts';
import { contract, errors } from './contract.ts';
import { d1Account } from './store.ts';

const problem = problemsOf(errors);
const MAX_SHOWN = 100;
/** Deleting an account needs a session this young: a forgotten browser must not be enough. */
const FRESH_MS = 3_600_000;

const store = ({ env, person }: PersonContext) => d1Account(env.DB, person.id);

async function account(context: PersonContext) {
  const { env, person } = context;
  const profile = await store(context).profile();
  const belongs = await organizationsOf(env.DB, person.id, MAX_SHOWN);
  const organizations = await Promise.all(
    belongs.map(async ({ id, role, joinedAt }) => {
      const found = await tenantOf(env, id).profile();
      return { id, name: found.ok ? found.value.name : id, role, joinedAt };
    }),
  );
  const nobody = { id: person.id, name: person.name, email: person.email };
  const { id, name, email, language, twoFactor, createdAt } = profile ?? {
    ...nobody,
    language: null,
    twoFactor: false,
    createdAt: 0,
  };
  return { id, name, email, language, twoFactor, createdAt, sso: person.sso, organizations };
}

async function leave({ env, person }: PersonContext, tenant: string): Promise<void> {
  const outcome = await takeOut(env, tenant, person.id);
  if (outcome === 'unknown') throw problem('organization-unknown', { hint: 'GET /v1/account lists yours.' });
  if (outcome === 'last-owner') {
    throw problem('last-owner', {
      detail: `You are the only owner of ${tenant}.`,
      hint: 'Make somebody else an owner first.',
    });
  }
}

const accountArea = personArea('account', contract, errors).handle({
  get: (_, context) => account(context),
  change: async ({ body }, context) => {
    if (body.name !== undefined) await store(context).rename(body.name, context.now());
    if (body.language !== undefined) await store(context).speak(body.language);
    forgetPerson(context.person.id);
    return account(context);
  },
  remove: async (_, context) => {
    const { env, person, now } = context;
    const sessions = await store(context).sessions(now(), MAX_SHOWN);
    const current = sessions.find(({ id }) => id === person.session);
    if (!current || now() - current.createdAt > FRESH_MS) {
      throw problem('session-old', { hint: 'Sign in again, then repeat this within an hour.' });
    }
    for (const { id } of await organizationsOf(env.DB, person.id, 10_000)) await leave(context, id);
    await store(context).remove();
    forgetPerson(person.id);
  },
  sessions: async (_, context) => {
    const found = await store(context).sessions(context.now(), MAX_SHOWN);
    return { sessions: found.map((each) => ({ ...each, isCurrent: each.id === context.person.session })) };
  },
  revoke: async ({ params }, context) => {
    if (!(await store(context).end(params.id))) {
      throw problem('session-unknown', { hint: 'GET /v1/account/sessions lists yours.' });
    }
    forgetPerson(context.person.id);
  },
  revokeOthers: async (_, context) => {
    const ended = await store(context).endOthers(context.person.session);
    forgetPerson(context.person.id);
    return { ended };
  },
  accept: async ({ body }, context) => {
    const { env, person, now } = context;
    const found = isLink(body.token)
      ? await findInvitation(env.DB, await sha256Hex(body.token), person.email, now())
      : null;
    if (found) await refuseUnlessActive(env, found.tenant, contract.accept);
    // One answer for a link that was used, is too old, was withdrawn, or was sent to another address.
    const outcome = found ? await admitInvited(env, found, person.id) : 'over';
    if (!found || outcome === 'over') {
      throw problem('invitation-over', {
        detail: `There is no such invitation for ${person.email}.`,
        hint: 'Sign in with the address it was sent to, or ask for another.',
      });
    }
    const { tenant, id } = found;
    if (outcome === 'full') throw problem('members-full', { hint: 'Tell who invited you; the link stays good.' });
    const role = (outcome === 'already' && (await d1Members(env.DB, tenant).roleOf(person.id))) || found.role;
    context.concerns(tenant, { target: person.id, after: { role, invitation: id } });
    return { organization: tenant, role };
  },
  leave: async ({ params }, context) => {
    await leave(context, params.id);
    context.concerns(params.id, { target: context.person.id });
  },
});

export { accountArea as area };
