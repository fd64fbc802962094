import { forgetPolicy } from '../access/policy.ts';
import { memberJoined } from '../areas/members/events.ts';
import { forgetPerson } from '../api/session.ts';
import type { Env } from '../env.ts';
import { jobContext } from '../kit/context.ts';
import { endKeys } from './leaving.ts';
import { memberLimit } from './limit.ts';
import { d1Members } from './store.ts';
import type { Joined } from './store.ts';

/** Makes somebody a member as far as the plan allows; who belongs already keeps their role (MEM7). */
export async function admit(env: Env, tenant: string, wanted: { user: string; role: string }): Promise<Joined> {
  const { user, role } = wanted;
  await endOld(env, tenant, user);
  const outcome = await d1Members(env.DB, tenant).add({
    user,
    role,
    nowMs: Date.now(),
    most: await memberLimit(env, tenant),
  });
  if (outcome === 'joined') await welcome(env, tenant, wanted);
  return outcome;
}

/** The same by an invitation, which is used up only by who gets in; `over`: it is gone. */
export async function admitInvited(
  env: Env,
  { tenant, id, role }: { tenant: string; id: string; role: string },
  user: string,
): Promise<Joined | 'over'> {
  await endOld(env, tenant, user);
  const most = await memberLimit(env, tenant);
  const outcome = await d1Members(env.DB, tenant).accept(id, { user, nowMs: Date.now(), most });
  if (outcome === 'joined') await welcome(env, tenant, { user, role });
  return outcome;
}

/** Keys of an earlier membership whose end was cut short would work again (MEM8). */
async function endOld(env: Env, tenant: string, user: string): Promise<void> {
  if ((await d1Members(env.DB, tenant).roleOf(user)) === null) await endKeys(env, tenant, user);
}

async function welcome(env: Env, tenant: string, who: { user: string; role: string }): Promise<void> {
  forgetPerson(who.user);
  forgetPolicy(tenant);
  await jobContext(env, tenant).emit(memberJoined, who);
}
