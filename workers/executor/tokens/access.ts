import { signInPlan } from '../../../core/credentials/sign-in.ts';
import { isFresh } from '../../../core/credentials/tokens.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { type OpenCredential, TYPES } from '../../vault/resolver.ts';
import { textValue } from '../credentials.ts';
import { openCredential } from '../open-credential.ts';
import { EgressError } from '../egress/error.ts';
import type { ExecutorPorts, PerformRequest } from '../ports.ts';
import { reconnect } from './renew.ts';

/** An access token, and whether a 401 may be answered by asking for another. */
export interface Access {
  credential: OpenCredential;
  token: string;
  renewable: boolean;
}

/**
 * The token a request is signed with: the one the credential holds, or the one a sign-in or grant brought, renewed
 * when it ends or when it is the `stale` one.
 * @throws EgressError `credential-unfinished`, `credential-reconnect`, `token-refused`.
 */
export async function accessOf(
  credential: OpenCredential,
  request: PerformRequest,
  ports: ExecutorPorts,
  stale?: string,
): Promise<Access> {
  const type = TYPES.get(credential.type);
  if (!type || !signInPlan(type, credential.values)) {
    return { credential, token: textValue(credential, 'accessToken'), renewable: false };
  }
  const { tokens } = credential;
  if (tokens && tokens.access !== stale && isFresh(tokens, ports.now())) {
    return { credential, token: tokens.access, renewable: true };
  }
  if (credential.state === 'reconnect') throw reconnect(credential.name);
  const renewed = await ports.renewTokens({
    tenant: request.tenant,
    credential: credential.id,
    stale: stale === undefined ? null : await sha256Hex(stale),
    policy: request.policy,
  });
  if (!renewed.ok) {
    const { code, message, status } = renewed.error;
    throw new EgressError(code, message, status >= 500);
  }
  const again = await openCredential(ports, request, { type: credential.type, ref: { id: credential.id } });
  if (!again.tokens) throw new EgressError('credential-changed', 'The credential was changed meanwhile', true);
  return { credential: again, token: again.tokens.access, renewable: true };
}
