import { tenantOf } from '../../durable-objects/stubs.ts';
import { d1Grants } from '../access/grants.ts';
import { forgetPolicy } from '../access/policy.ts';
import { forgetPerson } from '../api/session.ts';
import { memberLeft } from '../areas/members/events.ts';
import type { Env } from '../env.ts';
import { jobContext } from '../kit/context.ts';
import { keyOwner } from '../kit/issue-key.ts';
import { d1Members } from './store.ts';
import type { Outcome } from './store.ts';

/**
 * Ends a membership, and with it the person's sessions by SSO, grants and keys here (MEM8). For somebody who is no member
 * it ends what is left of them: so a call that was cut short can be repeated.
 */
export async function takeOut(env: Env, tenant: string, user: string, sparing?: 'owners'): Promise<Outcome> {
  const outcome = await d1Members(env.DB, tenant).remove(user, sparing);
  if (outcome === 'last-owner') return outcome;
  forgetPerson(user);
  await env.DB.prepare('DELETE FROM sso_sessions WHERE tenant_id = ? AND user_id = ?').bind(tenant, user).run();
  await d1Grants(env.DB, tenant).removeTo({ kind: 'member', id: user });
  await tenantOf(env, tenant).revokeKeysOf(keyOwner('member', user));
  forgetPolicy(tenant);
  if (outcome === 'done') await jobContext(env, tenant).emit(memberLeft, { user });
  return outcome;
}
