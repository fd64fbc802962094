import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { magicLink } from 'better-auth/plugins/magic-link';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { newId } from '../kit/context.ts';
import { queueMail } from '../mail/outbox.ts';
import type { NewMail } from '../mail/outbox.ts';
import { COLUMNS, PREFIXES } from './columns.ts';
import type { IdentityEnv } from './env.ts';
import { knownAddressMail, magicLinkMail, passwordChangedMail, resetMail, verificationMail } from './mails.ts';
import { concerns } from './call.ts';
import { hashPassword, PASSWORD_CHARS, verifyPassword } from './password.ts';
import { ownProviders, socialProviders } from './providers.ts';
import { refuseUsedCode, requireUserVerified } from './second-factor.ts';
import { cookieName, identitySecrets } from './session-token.ts';

export const BASE_PATH = '/auth';

const DAY_S = 86_400;

export interface AuthPlace {
  env: IdentityEnv;
  /** Where people reach this deployment; links in mails begin with it. */
  origin: string;
  /** The newest first; the others only still open what they sealed (seeds of authenticators, provider tokens). */
  secrets: { version: number; value: string }[];
  /** Work that the answer does not wait for: what takes time only for known addresses would tell that they are known. */
  later(work: Promise<unknown>): void;
}

/** better-auth, set up: what it may do is decided by paths.ts, which alone lets requests through to it. */
function makeAuth({ env, origin, secrets, later }: AuthPlace): Auth {
  const isSecure = origin.startsWith('https:');
  const session = cookieName(isSecure);
  const send = (mail: NewMail): Promise<void> => {
    later(queueMail(env, mail).then(({ sent }) => sent));
    return Promise.resolve();
  };
  return betterAuth({
    appName: 'Millrace',
    baseURL: origin,
    basePath: BASE_PATH,
    secrets,
    trustedOrigins: [origin],
    database: env.DB,
    telemetry: { enabled: false },
    // limits.ts counts, also where no address of the caller is known
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (level, message) => console.error(JSON.stringify({ level, identity: message })) },
    onAPIError: { errorURL: `${origin}/` },
    user: COLUMNS.user,
    session: { ...COLUMNS.session, expiresIn: 14 * DAY_S, updateAge: DAY_S, freshAge: 3_600 },
    account: {
      ...COLUMNS.account,
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, trustedProviders: [], allowDifferentEmails: false },
    },
    verification: { ...COLUMNS.verification, storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      autoSignIn: false,
      minPasswordLength: PASSWORD_CHARS.min,
      maxPasswordLength: PASSWORD_CHARS.max,
      resetPasswordTokenExpiresIn: 3_600,
      revokeSessionsOnPasswordReset: true,
      password: { hash: hashPassword, verify: verifyPassword },
      sendResetPassword: ({ user, url }) => send(resetMail(user.email, url)),
      onPasswordReset: ({ user }) => {
        concerns(user.id);
        return send(passwordChangedMail(user.email, origin));
      },
      onExistingUserSignUp: ({ user }) => send(knownAddressMail(user.email, origin)),
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: false,
      autoSignInAfterVerification: false,
      expiresIn: DAY_S,
      sendVerificationEmail: ({ user, url }) => send(verificationMail(user.email, url)),
    },
    socialProviders: socialProviders(env),
    databaseHooks: {
      account: { create: { before: withoutTokens }, update: { before: withoutTokens } },
      session: {
        create: {
          // A link in a mailbox is one factor, and who asks for two must not get in with it.
          before: async ({ userId }, context) => {
            if (context?.path !== '/magic-link/verify') return undefined;
            const user = await context.context.internalAdapter.findUserById(userId);
            return user && 'twoFactorEnabled' in user && user.twoFactorEnabled ? false : undefined;
          },
        },
      },
    },
    hooks: { before: createAuthMiddleware((context) => refuseUsedCode(context, env.DB)) },
    plugins: [
      magicLink({
        expiresIn: 600,
        storeToken: 'hashed',
        sendMagicLink: ({ email, url }) => send(magicLinkMail(email, url)),
      }),
      twoFactor({ issuer: 'Millrace', schema: COLUMNS.twoFactor, allowPasswordless: true }),
      passkey({
        rpName: 'Millrace',
        rpID: new URL(origin).hostname,
        origin,
        schema: COLUMNS.passkey,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        advanced: { webAuthnChallengeCookie: 'passkey' },
        authentication: { afterVerification: requireUserVerified },
      }),
      genericOAuth({ config: ownProviders(env) }),
    ],
    advanced: {
      cookiePrefix: session,
      useSecureCookies: false,
      cookies: { session_token: { name: session } },
      defaultCookieAttributes: { secure: isSecure, httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: ({ model }) => newId(PREFIXES.get(model) ?? 'id') },
      backgroundTasks: { handler: later },
    },
  });
}

/** A provider says once who somebody is. What it lets us do beyond that is not kept: it could only be stolen. */
const withoutTokens = async (account: Record<string, unknown>) => ({
  data: { ...account, accessToken: null, refreshToken: null, idToken: null },
});

/** All that we use of it: paths.ts decides what is asked. */
export interface Auth {
  handler(request: Request): Promise<Response>;
}

// One an isolate and origin: setting it up takes tens of milliseconds.
const made = new Map<string, Auth>();
const MAX_MADE = 8;

export async function authFor(env: IdentityEnv, origin: string, later: AuthPlace['later']): Promise<Auth> {
  let auth = made.get(origin);
  if (!auth) {
    if (made.size >= MAX_MADE) made.clear();
    auth = makeAuth({ env, origin, secrets: await identitySecrets(env), later });
    made.set(origin, auth);
  }
  return auth;
}
