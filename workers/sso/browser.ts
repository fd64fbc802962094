import { randomText } from '../kit/random-text.ts';
import { FLOW_MS } from './flows.ts';

const nameOf = (isSecure: boolean): string => (isSecure ? '__Host-millrace-sso' : 'millrace-sso');

/** What the browser that begins a sign-in holds; undefined when it holds nothing. */
export function heldBy(request: Request, isSecure: boolean): string | undefined {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [name = '', value = ''] = part.trim().split('=');
    if (name === nameOf(isSecure) && /^[\w-]{43}$/.test(value)) return value;
  }
  return undefined;
}

/** Gives the browser something to hold. Lax: the last step of each sign-in is a navigation. */
export function giveTo(request: Request, isSecure: boolean): { held: string; cookie: string } {
  const held = heldBy(request, isSecure) ?? randomText(32);
  const flags = `Path=/; Max-Age=${FLOW_MS / 1_000}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return { held, cookie: `${nameOf(isSecure)}=${held}; ${flags}` };
}

/** A path of this deployment; `/` for anything that a browser could take for another place (SSO8). */
export function localPath(text: string | null): string {
  if (text === null || text.length > 1_000 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text)) return '/';
  const base = 'https://here.invalid';
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  return url?.origin === base ? `${url.pathname}${url.search}${url.hash}` : '/';
}
