import { z } from 'zod';
import type { Limit } from './limits.ts';
import { PASSWORD_CHARS } from './password.ts';

const MINUTE_MS = 60_000;
const MAX_EMAIL_CHARS = 254;

/**
 * Where people are sent afterwards: a path of this deployment. `//host`, `/\host`, control characters and whole
 * addresses are refused, whatever a browser would make of them.
 */
const LocalPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\w\-./?=&%#~:@!$'()*+,;]*$/, 'A path of this address, such as /welcome');

const Email = z.string().trim().toLowerCase().max(MAX_EMAIL_CHARS).pipe(z.email());
const Password = z.string().min(PASSWORD_CHARS.min).max(PASSWORD_CHARS.max);
/** Of an account that exists: what it may be was decided when it was set. */
const GivenPassword = z.string().min(1).max(PASSWORD_CHARS.max);
const Name = z.string().trim().min(1).max(100);
const Token = z.string().min(8).max(2_000);
const Provider = z.enum(['google', 'github', 'microsoft', 'oidc']);
const Code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'Six digits');
/** What the browser's credential API made; the library reads it strictly. */
const Credential = z.looseObject({ id: z.string().max(2_000), type: z.string().max(50) });
const nothing = z.strictObject({});

export interface AuthPath {
  method: 'GET' | 'POST';
  path: string;
  /** Body of a POST, query of a GET. Strict: what is not named is refused. */
  input: z.ZodType<Record<string, unknown>>;
  /** Called by following a link or a redirect: no page of ours sends it, so nothing is asked of its origin. */
  isLink?: true;
  /** For an address at which the same caller, and for an e-mail at which anybody, may try so often. */
  limits?: { caller?: Limit; email?: Limit; callerEmail?: Limit };
  /** A right answer forgives earlier wrong ones. */
  forgives?: true;
  /** What the audit logs of the person's organisations call it. Absent: nothing changes. */
  action?: string;
}

const often = (count: number, minutes: number): Limit => ({ count, windowMs: minutes * MINUTE_MS });

/** Every address of `/auth`: what is not here does not exist, whatever the library offers. */
export const PATHS: readonly AuthPath[] = [
  {
    method: 'POST',
    path: '/sign-up/email',
    input: z.strictObject({ name: Name, email: Email, password: Password, callbackURL: LocalPath.optional() }),
    limits: { caller: often(30, 10), email: often(5, 60) },
  },
  {
    method: 'POST',
    path: '/sign-in/email',
    input: z.strictObject({ email: Email, password: GivenPassword, rememberMe: z.boolean().optional() }),
    limits: { caller: often(60, 1), callerEmail: often(10, 15), email: often(50, 15) },
    forgives: true,
    action: 'account.sign-in',
  },
  {
    method: 'POST',
    path: '/sign-in/magic-link',
    input: z.strictObject({ email: Email, name: Name.optional(), callbackURL: LocalPath.optional() }),
    limits: { caller: often(30, 10), email: often(5, 15) },
  },
  {
    method: 'GET',
    path: '/magic-link/verify',
    input: z.strictObject({
      token: Token,
      callbackURL: LocalPath.optional(),
      newUserCallbackURL: LocalPath.optional(),
      errorCallbackURL: LocalPath.optional(),
    }),
    isLink: true,
    limits: { caller: often(60, 1) },
    action: 'account.sign-in',
  },
  {
    method: 'GET',
    path: '/verify-email',
    input: z.strictObject({ token: Token, callbackURL: LocalPath.optional() }),
    isLink: true,
    limits: { caller: often(60, 1) },
  },
  {
    method: 'POST',
    path: '/send-verification-email',
    input: z.strictObject({ email: Email, callbackURL: LocalPath.optional() }),
    limits: { caller: often(30, 10), email: often(5, 15) },
  },
  {
    method: 'POST',
    path: '/request-password-reset',
    input: z.strictObject({ email: Email, redirectTo: LocalPath.optional() }),
    limits: { caller: often(30, 10), email: often(5, 15) },
  },
  {
    method: 'GET',
    path: '/reset-password/{token}',
    input: z.strictObject({ callbackURL: z.union([LocalPath, z.literal('')]).optional() }),
    isLink: true,
    limits: { caller: often(60, 1) },
  },
  {
    method: 'POST',
    path: '/reset-password',
    input: z.strictObject({ token: Token, newPassword: Password }),
    limits: { caller: often(20, 10) },
    action: 'account.reset-password',
  },
  {
    method: 'POST',
    path: '/change-password',
    input: z.strictObject({
      currentPassword: GivenPassword,
      newPassword: Password,
      revokeOtherSessions: z.boolean().default(true),
    }),
    limits: { caller: often(20, 10) },
    action: 'account.change-password',
  },
  { method: 'POST', path: '/sign-out', input: nothing, action: 'account.sign-out' },
  { method: 'GET', path: '/get-session', input: nothing },
  {
    method: 'POST',
    path: '/sign-in/social',
    input: z.strictObject({
      provider: Provider,
      callbackURL: LocalPath.default('/'),
      errorCallbackURL: LocalPath.optional(),
      newUserCallbackURL: LocalPath.optional(),
      disableRedirect: z.boolean().optional(),
    }),
    limits: { caller: often(60, 1) },
  },
  {
    method: 'POST',
    path: '/link-social',
    input: z.strictObject({
      provider: Provider,
      callbackURL: LocalPath.default('/'),
      errorCallbackURL: LocalPath.optional(),
      disableRedirect: z.boolean().optional(),
    }),
    limits: { caller: often(60, 1) },
  },
  {
    method: 'GET',
    path: '/callback/{provider}',
    input: z.looseObject({ state: z.string().max(2_000).optional(), code: z.string().max(8_000).optional() }),
    isLink: true,
    limits: { caller: often(60, 1) },
    action: 'account.sign-in',
  },
  {
    method: 'POST',
    path: '/two-factor/enable',
    input: z.strictObject({ password: GivenPassword.optional() }),
    limits: { caller: often(20, 10) },
  },
  {
    method: 'POST',
    path: '/two-factor/disable',
    input: z.strictObject({ password: GivenPassword.optional() }),
    limits: { caller: often(20, 10) },
    action: 'account.disable-two-factor',
  },
  {
    method: 'POST',
    path: '/two-factor/verify-totp',
    input: z.strictObject({ code: Code, trustDevice: z.boolean().optional() }),
    limits: { caller: often(60, 1) },
    action: 'account.second-factor',
  },
  {
    method: 'POST',
    path: '/two-factor/verify-backup-code',
    input: z.strictObject({ code: z.string().trim().min(8).max(20) }),
    limits: { caller: often(20, 10) },
    action: 'account.recovery-code',
  },
  {
    method: 'POST',
    path: '/two-factor/generate-backup-codes',
    input: z.strictObject({ password: GivenPassword.optional() }),
    limits: { caller: often(20, 10) },
    action: 'account.recovery-codes',
  },
  { method: 'GET', path: '/passkey/generate-register-options', input: nothing },
  {
    method: 'POST',
    path: '/passkey/verify-registration',
    input: z.strictObject({ response: Credential, name: Name.optional() }),
    action: 'account.add-passkey',
  },
  { method: 'GET', path: '/passkey/generate-authenticate-options', input: nothing, limits: { caller: often(60, 1) } },
  {
    method: 'POST',
    path: '/passkey/verify-authentication',
    input: z.strictObject({ response: Credential }),
    limits: { caller: often(60, 1) },
    action: 'account.sign-in',
  },
  { method: 'GET', path: '/passkey/list-user-passkeys', input: nothing },
  {
    method: 'POST',
    path: '/passkey/delete-passkey',
    input: z.strictObject({ id: z.string().min(1).max(64) }),
    action: 'account.remove-passkey',
  },
];

/** A path with one parameter, in braces at its end. */
const matches = (pattern: string, path: string): boolean => {
  const brace = pattern.indexOf('{');
  if (brace < 0) return pattern === path;
  return path.startsWith(pattern.slice(0, brace)) && /^[\w-]{1,64}$/.test(path.slice(brace));
};

export const pathsAt = (path: string): AuthPath[] => PATHS.filter((each) => matches(each.path, path));
