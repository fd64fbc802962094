import { bearerOf } from './session-token.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const USER = ['id', 'name', 'email', 'emailVerified', 'image', 'twoFactorEnabled', 'createdAt'];
const SESSION = ['id', 'createdAt', 'expiresAt'];
const PASSKEY = ['id', 'name', 'deviceType', 'backedUp', 'createdAt'];

const only = (value: Json, names: readonly string[]): Json =>
  Object.fromEntries(names.filter((name) => value[name] !== undefined).map((name) => [name, value[name]]));

/**
 * An answer of the library as we show it. Tokens of sessions never leave as the database has them: a new session is
 * shown as a bearer, for clients that keep no cookies.
 */
export function shaped(path: string, body: unknown, newSession: string | undefined): unknown {
  if (path === '/passkey/list-user-passkeys') {
    return { passkeys: Array.isArray(body) ? body.filter(isObject).map((each) => only(each, PASSKEY)) : [] };
  }
  if (path === '/passkey/generate-register-options' && isObject(body) && isObject(body['user'])) {
    // WebAuthn wants it, browsers refuse options without, and the library leaves it out of accounts like ours
    return { ...body, user: { displayName: body['user']['name'], ...body['user'] } };
  }
  if (path === '/passkey/verify-registration') return isObject(body) ? only(body, PASSKEY) : {};
  if (!isObject(body)) return path === '/get-session' ? { user: null, session: null } : {};
  const { token: _token, user, session, redirect: _redirect, ...rest } = body;
  return {
    ...rest,
    ...(isObject(user) ? { user: only(user, USER) } : {}),
    ...(isObject(session) ? { session: only(session, SESSION) } : {}),
    ...(newSession === undefined ? {} : { token: bearerOf(newSession) }),
  };
}
