import type { Env } from '../env.ts';
import { common } from '../kit/problem.ts';

/** A person who is signed in, in the organisation the request names. */
export interface SessionMember {
  tenant: string;
  /** Id of the user, the same in every organisation. */
  user: string;
  /** A built-in role or the id of a custom one; its scopes are looked up by `authenticate`. */
  role: string;
  /** Id of the session, never its token. */
  session: string;
}

const COOKIE = /(?:^|;\s*)(?:__Host-)?millrace=/;

/** Whether the request shows a browser's session: a cookie of ours, or `Bearer ms_…`. */
export function hasSession(request: Request): boolean {
  const header = request.headers.get('authorization');
  return header === null ? COOKIE.test(request.headers.get('cookie') ?? '') : /^Bearer +ms_/i.test(header);
}

/**
 * @throws Problem `session-invalid` (401), `organization-missing` (400) when no organisation is named,
 *   `not-found` (404) when the person is no member of it.
 */
export async function authenticateSession(_request: Request, _env: Env): Promise<SessionMember> {
  throw common('session-invalid', { hint: 'Sign in again, or send an API key.' });
}
