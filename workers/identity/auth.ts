import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { magicLink } from 'better-auth/plugins/magic-link';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { newId } from '../kit/context.ts';
import { queueMail } from '../mail/outbox.ts';
import { languageOf } from '../kit/language.ts';
import { mailLanguage, rememberLanguage } from '../mail/reader.ts';
import { COLUMNS, PREFIXES } from './columns.ts';
import type { IdentityEnv } from './env.ts';
import { identityMail, type MailKind } from './mails.ts';
import { concerns } from './call.ts';
import { hashPassword, PASSWORD_CHARS, verifyPassword } from './password.ts';
import { ownProviders, socialProviders } from './providers.ts';
import { refuseUsedCode, requireUserVerified } from './second-factor.ts';
import { cookieName, identitySecrets } from './session-token.ts';

export const BASE_PATH = '/auth';

const DAY_S = 86_400;

interface AuthPlace {
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
  /** In the background, also looking up what the reader speaks: how long it takes must not tell whether somebody is known (IDN2). */
  const send = (to: string, kind: MailKind, link: string, asked?: { headers: Headers } | undefined): Promise<void> => {
    const write = async (): Promise<void> => {
      const language = await mailLanguage(env.DB, to, asked ? languageOf(asked) : 'en');
      await (
        await queueMail(env, identityMail(to, kind, link, language))
      ).sent;
    };
    later(write());
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
      sendResetPassword: ({ user, url }, request) => send(user.email, 'reset', url, request),
      onPasswordReset: ({ user }, request) => {
        concerns(user.id);
        return send(user.email, 'passwordChanged', `${origin}/`, request);
      },
      onExistingUserSignUp: ({ user }, request) => send(user.email, 'knownAddress', `${origin}/`, request),
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: false,
      autoSignInAfterVerification: false,
      expiresIn: DAY_S,
      sendVerificationEmail: ({ user, url }, request) => send(user.email, 'verification', url, request),
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
          after: async ({ userId }, context) => {
            if (context?.request) later(rememberLanguage(env.DB, userId, context.request));
          },
        },
      },
    },
    hooks: { before: createAuthMiddleware((context) => refuseUsedCode(context, env.DB)) },
    plugins: [
      magicLink({
        expiresIn: 600,
        storeToken: 'hashed',
        sendMagicLink: ({ email, url }, context) => send(email, 'magicLink', url, context?.request),
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
