import type { GrantForm, SignInPlan } from '../../../core/credentials/sign-in.ts';
import { isFresh, needsSignIn, type Tokens } from '../../../core/credentials/tokens.ts';
import type { Outcome } from '../../../durable-objects/runner/protocol.ts';
import type { RenewCall } from '../../../durable-objects/sign-in/protocol.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { VaultError } from '../../vault/envelope.ts';
import { EgressError } from '../egress/error.ts';
import type { EgressPorts } from '../egress/fetch.ts';
import type { Kept, TokenKeeper } from './keeper.ts';
import { askForTokens, tokensRefused } from './request.ts';

/** How often a credential that others seal anew meanwhile is read again. */
const MAX_TRIES = 5;

export const reconnect = (name: string): EgressError =>
  new EgressError(
    'credential-reconnect',
    `The service no longer takes what signing in with ${JSON.stringify(name)} brought: sign in again (POST /v1/credentials/{id}/connect)`,
    false,
  );

export const unfinished = (name: string): EgressError =>
  new EgressError(
    'credential-unfinished',
    `Nobody signed in with the credential ${JSON.stringify(name)} yet: POST /v1/credentials/{id}/connect says where`,
    false,
  );

function formFor({ grant, scope }: SignInPlan, tokens: Tokens | undefined): GrantForm | undefined {
  if (grant === 'clientCredentials') return { grant_type: 'client_credentials', ...(scope === '' ? {} : { scope }) };
  return tokens?.refresh === undefined ? undefined : { grant_type: 'refresh_token', refresh_token: tokens.refresh };
}

export interface RenewPorts {
  keeper: TokenKeeper;
  egress: EgressPorts;
  now(): number;
}

/** Renews a credential's tokens unless somebody did since. Expected failures are values: this answers over RPC. */
export async function renewTokens(call: RenewCall, ports: RenewPorts): Promise<Outcome<null>> {
  try {
    await renew(call, ports);
    return { ok: true, value: null };
  } catch (error) {
    if (!(error instanceof EgressError || error instanceof VaultError)) throw error;
    const status = error instanceof EgressError && error.retryable ? 503 : 409;
    return { ok: false, error: { status, code: error.code, message: error.message } };
  }
}

async function renew({ credential, stale, policy }: RenewCall, { keeper, egress, now }: RenewPorts): Promise<void> {
  const kept = await keeper.load(credential);
  if (!kept) throw new EgressError('credential-missing', 'The credential is gone', false);
  const { tokens, plan, name, domains } = kept;
  if (tokens && isFresh(tokens, now()) && (await sha256Hex(tokens.access)) !== stale) return;
  if (kept.state === 'reconnect') throw reconnect(name);
  const form = formFor(plan, tokens);
  if (!form) throw await closed(kept);
  const reply = await askForTokens({ plan, form, name, domains, before: tokens }, { egress, policy, nowMs: now() });
  if (!reply.ok) {
    if (plan.grant === 'authorizationCode' && needsSignIn(reply.error)) throw await closed(kept);
    throw tokensRefused(name, reply);
  }
  await keepAnyway(credential, kept, reply.tokens, keeper);
}

/** What there is no way back from is written down, so that nobody tries it again. */
async function closed(kept: Kept): Promise<EgressError> {
  if (!kept.tokens) return unfinished(kept.name);
  await kept.keep({ state: 'reconnect' });
  return reconnect(kept.name);
}

/** A refresh token may be good once only: what came must be kept although a rotation sealed the record meanwhile. */
async function keepAnyway(credential: string, first: Kept, tokens: Tokens, keeper: TokenKeeper): Promise<void> {
  let kept: Kept | undefined = first;
  for (let attempt = 0; attempt < MAX_TRIES && kept; attempt++) {
    if (await kept.keep({ tokens, state: 'ready' })) return;
    kept = await keeper.load(credential);
    // Other values: these tokens are not theirs (OAU6).
    if (JSON.stringify(kept?.plan) !== JSON.stringify(first.plan)) break;
  }
  throw new EgressError(
    'credential-changed',
    `The credential ${JSON.stringify(first.name)} was changed meanwhile`,
    true,
  );
}
