import { Problem } from '../kit/problem.ts';
import type { ProblemMore } from '../kit/problem.ts';

/** Codes of the library whose next step a reader may not guess. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['invalid-email-or-password', 'Check both, or choose a new password: POST /auth/request-password-reset.'],
  ['email-not-verified', 'Follow the link in the mail, or ask for another: POST /auth/send-verification-email.'],
  ['invalid-token', 'It was used, is too old, or was cut: ask for a new link.'],
  ['token-expired', 'Ask for a new link.'],
  ['invalid-two-factor-cookie', 'Sign in again with your password, then send the code.'],
  ['session-not-fresh', 'Sign in again, then repeat this.'],
  ['provider-not-found', 'GET /auth/providers lists those the operator has set up.'],
  ['unauthorized', 'Sign in first: POST /auth/sign-in/email.'],
]);

/** `INVALID_EMAIL_OR_PASSWORD` as our own codes are written. */
const kebab = (code: string): string =>
  code
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** An answer of the library that is no success, as a problem. Nothing of a 5xx is shown. */
export function problemOf(status: number, body: unknown, requestId: string): Problem {
  const { code, message } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (status >= 500) {
    console.error(JSON.stringify({ level: 'error', requestId, identity: { status, code } }));
    const hint = `Tell the operator this request id: ${requestId}`;
    return new Problem('internal', { status: 500, title: 'Something broke on our side' }, { hint });
  }
  const name = typeof code === 'string' && code !== '' ? kebab(code) : status === 401 ? 'unauthorized' : 'refused';
  const title = typeof message === 'string' && message !== '' ? message.slice(0, 200) : 'This was refused';
  const hint = HINTS.get(name);
  const more: ProblemMore = hint === undefined ? {} : { hint };
  return new Problem(name, { status, title }, more);
}
