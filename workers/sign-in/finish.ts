import type { PendingSignIn } from '../../durable-objects/sign-in/protocol.ts';
import type { EgressPolicy } from '../executor/egress/policy.ts';
import type { RenewPorts } from '../executor/tokens/renew.ts';
import { askForTokens, tokensRefused } from '../executor/tokens/request.ts';

/** Why somebody is not connected, in words for them. */
export class Unfinished extends Error {}

export interface Answer {
  credential: string;
  query: URLSearchParams;
  pending: PendingSignIn;
  policy: EgressPolicy;
}

/** Changes a code for tokens and keeps them. Returns the credential's name. @throws Unfinished, EgressError. */
export async function finishSignIn(
  { credential, query, pending, policy }: Answer,
  { keeper, egress, now }: RenewPorts,
): Promise<string> {
  const kept = await keeper.load(credential);
  if (!kept || kept.plan.grant !== 'authorizationCode') throw new Unfinished('The credential is gone, or was changed.');
  const { plan, name, domains } = kept;
  refuseOtherIssuer(query.get('iss'), plan.authUrl);
  const error = query.get('error');
  if (error !== null) {
    const more = query.get('error_description');
    throw new Unfinished(`The service said: ${error.slice(0, 100)}${more === null ? '' : `. ${more.slice(0, 300)}`}`);
  }
  const code = query.get('code');
  if (code === null || code === '' || code.length > 8_192) throw new Unfinished('The service sent no code.');
  const { redirectUri, verifier } = pending;
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier } as const;
  const reply = await askForTokens({ plan, form, name, domains }, { egress, policy, nowMs: now() });
  if (!reply.ok) throw tokensRefused(name, reply);
  if (!(await kept.keep({ tokens: reply.tokens, state: 'ready' }))) {
    throw new Unfinished('The credential was changed meanwhile. Begin again.');
  }
  return name;
}

/** RFC 9207: where a service says who it is, it must be the one that was asked. */
function refuseOtherIssuer(issuer: string | null, authUrl: string): void {
  if (issuer === null) return;
  if (URL.canParse(issuer) && new URL(issuer).origin === new URL(authUrl).origin) return;
  throw new Unfinished('The answer comes from another service than the one that was asked.');
}
