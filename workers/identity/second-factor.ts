import type { GenericEndpointContext } from 'better-auth';
import { APIError, getSessionFromCtx } from 'better-auth/api';
import { limitKey, once } from './limits.ts';

/** Longer than any code is accepted: its own 30 seconds and those beside it. */
const USED_FOR_MS = 5 * 60_000;

/** A code of an authenticator works once: who looked over a shoulder has nothing (RFC 6238, 5.2). */
export async function refuseUsedCode(context: GenericEndpointContext, db: D1Database): Promise<void> {
  if (context.path !== '/two-factor/verify-totp') return;
  const user = await whoIsAsked(context);
  const { code } = (context.body ?? {}) as { code?: unknown };
  if (user === undefined || typeof code !== 'string') return;
  if (await once(db, await limitKey('totp', user, code), USED_FOR_MS)) return;
  throw new APIError('UNAUTHORIZED', { code: 'CODE_USED', message: 'This code was used already; wait for the next' });
}

/** The person of the session, or of the sign-in that waits for its second factor. */
async function whoIsAsked(context: GenericEndpointContext): Promise<string | undefined> {
  const session = await getSessionFromCtx(context).catch(() => null);
  if (session) return session.user.id;
  const cookie = context.context.createAuthCookie('two_factor');
  const challenge = await context.getSignedCookie(cookie.name, context.context.secret);
  if (!challenge) return undefined;
  return (await context.context.internalAdapter.findVerificationValue(challenge))?.value;
}

/** A passkey stands for two factors only when the device checked who holds it. */
export async function requireUserVerified({
  verification,
}: {
  verification: { authenticationInfo: { userVerified: boolean } };
}): Promise<void> {
  if (verification.authenticationInfo.userVerified) return;
  throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED', message: 'The device did not check who you are' });
}
