export const CALLBACK_PATH = '/oauth/callback';

const NAME = 'millrace-connect';

/** Ten minutes to sign in and agree. */
export const SIGN_IN_MS = 10 * 60_000;

/** Tells the browser that begins a sign-in from all others: the answer must come back through it. */
export function browserCookie(value: string, isSecure: boolean): string {
  const age = SIGN_IN_MS / 1_000;
  // Lax: the answer arrives by a navigation from the service's site.
  return `${NAME}=${value}; Path=/oauth/; Max-Age=${age}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}

export function browserCookieIn(headers: Headers): string | undefined {
  const found = /(?:^|;\s*)millrace-connect=([\w-]{43})(?:;|$)/.exec(headers.get('cookie') ?? '');
  return found?.[1];
}
