import { z } from 'zod';
import { forgetPolicy } from '../../access/policy.ts';
import { forgetPerson } from '../../api/session.ts';
import { area } from '../../kit/area.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { problemsOf } from '../../kit/problem.ts';
import { memberLimit } from '../../members/limit.ts';
import { d1Members } from '../../members/store.ts';
import { contract, errors } from './contract.ts';
import { memberRoleChanged } from './events.ts';
import { membersOf } from './wiring.ts';

const problem = problemsOf(errors);
const Cursor = z.strictObject({ joinedAt: z.number(), id: z.string() });

const members = area('members', contract, errors).handle({
  list: async ({ query }, { env, tenant }) => {
    const after = query.cursor === undefined ? undefined : Cursor.safeParse(readCursor(query.cursor));
    if (after && !after.success) throw problem('cursor-invalid', { hint: 'Take nextCursor of the page before.' });
    const page = await d1Members(env.DB, tenant).list(query.limit + 1, after?.data);
    const shown = page.slice(0, query.limit);
    const last = shown.at(-1);
    const nextCursor =
      page.length > shown.length && last ? writeCursor({ joinedAt: last.joinedAt, id: last.id }) : null;
    return { members: shown, nextCursor };
  },
  get: ({ params }, context) => membersOf(context).known(params.id),
  change: async ({ params, body }, context) => {
    const { before, after } = await membersOf(context).change(params.id, body.role);
    forgetPerson(params.id);
    forgetPolicy(context.tenant);
    context.touched({ target: params.id, before: { role: before.role }, after: { role: after.role } });
    await context.emit(memberRoleChanged, { user: params.id, from: before.role, to: after.role });
    return after;
  },
  remove: async ({ params }, context) => {
    const { role } = await membersOf(context).remove(params.id);
    context.touched({ target: params.id, before: { role } });
  },
  invitations: async (_, { env, tenant, now }) => ({
    invitations: await d1Members(env.DB, tenant).invitations(now(), 500),
  }),
  invite: async ({ body }, context) => {
    const { env, tenant } = context;
    if ((await d1Members(env.DB, tenant).count()) >= (await memberLimit(env, tenant))) {
      throw problem('members-full', { hint: 'A larger plan takes more; GET /v1/usage shows how many.' });
    }
    const made = await membersOf(context).invite(body);
    context.touched({ after: { email: made.email, role: made.role } });
    return made;
  },
  withdraw: async ({ params }, context) => {
    const gone = await membersOf(context).withdraw(params.id);
    context.touched({ before: { email: gone.email, role: gone.role } });
  },
});

export { members as area };
