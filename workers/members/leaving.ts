import { tenantOf } from '../../durable-objects/stubs.ts';
import { forgetPolicy } from '../access/policy.ts';
import { forgetPerson } from '../api/session.ts';
import { memberLeft } from '../areas/members/events.ts';
import type { Env } from '../env.ts';
import { jobContext } from '../kit/context.ts';
import { keyOwner } from '../kit/issue-key.ts';
import { d1Members } from './store.ts';
import type { Outcome } from './store.ts';

/**
 * Ends a membership, and with it the person's sessions by SSO, grants and keys here (MEM8). Cut short before the keys, they
 * work no more, since they ask for the membership, and end before there is another (joining.ts).
 */
export async function takeOut(env: Env, tenant: string, user: string, sparing?: 'owners'): Promise<Outcome> {
  const outcome = await d1Members(env.DB, tenant).remove(user, sparing);
  if (outcome === 'last-owner') return outcome;
  forgetPerson(user);
  await endKeys(env, tenant, user);
  forgetPolicy(tenant);
  if (outcome === 'done') await jobContext(env, tenant).emit(memberLeft, { user });
  return outcome;
}

/** The keys that a person made as a member. */
export async function endKeys(env: Env, tenant: string, user: string): Promise<void> {
  await tenantOf(env, tenant).revokeKeysOf(keyOwner('member', user));
}
