import { isBuiltInRole } from '../../../core/access/roles.ts';
import { tenantOf } from '../../../durable-objects/stubs.ts';
import { roleScopes } from '../../access/policy.ts';
import { d1Roles } from '../../access/roles.ts';
import { publicOrigin } from '../../identity/origin.ts';
import type { Context } from '../../kit/context.ts';
import { valueOf } from '../../kit/refusal.ts';
import { languageOf } from '../../kit/language.ts';
import { queueMail } from '../../mail/outbox.ts';
import { mailLanguage } from '../../mail/reader.ts';
import { takeOut } from '../../members/leaving.ts';
import { newLink } from '../../members/link.ts';
import { d1Members } from '../../members/store.ts';
import type { Invitation } from '../../members/store.ts';
import { invitationMail } from './mails.ts';
import { memberService } from './service.ts';

/** What the caller may do with the members of their organisation. */
export const membersOf = (context: Context) => {
  const { env, tenant, actor, now, newId } = context;
  return memberService({
    store: d1Members(env.DB, tenant),
    held: actor.scopes,
    caller: `${actor.kind}/${actor.id}`,
    scopesOf: async (role) => {
      const isKnown = isBuiltInRole(role) || (await d1Roles(env.DB, tenant).get(role));
      return isKnown ? roleScopes(env, tenant, role) : undefined;
    },
    newLink,
    takeOut: (user) => takeOut(env, tenant, user),
    mail: (invitation, token) => mailTo(context, invitation, token),
    now,
    newId,
  });
};

async function mailTo({ env, tenant, origin, headers }: Context, invitation: Invitation, token: string) {
  const { name } = valueOf(await tenantOf(env, tenant).profile());
  const asked = new Request(origin, { headers });
  // somebody new reads what who invites them reads
  const language = await mailLanguage(env.DB, invitation.email, languageOf(asked));
  const { role } = invitation;
  const ownRole = isBuiltInRole(role) ? undefined : (await d1Roles(env.DB, tenant).get(role))?.name;
  const about = { organization: name, origin: publicOrigin(asked, env), token, language, ownRole };
  await queueMail(env, invitationMail(invitation, about));
}
