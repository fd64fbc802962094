import { type KeySource, oldKeysOf } from '../kit/key-source.ts';

/**
 * How a session is shown: `<token>.<signature>` in a cookie, `ms_<token>.<signature>` as a bearer. The token alone, as
 * the database holds it, opens nothing.
 */

const HTTPS_COOKIE = '__Host-millrace';
const PLAIN_COOKIE = 'millrace';

/** `__Host-`: browsers take it over https only, for this host and no other. Plain http is for one's own machine. */
export const cookieName = (isSecure: boolean): string => (isSecure ? HTTPS_COOKIE : PLAIN_COOKIE);

const encoder = new TextEncoder();

/** What better-auth signs and encrypts with. Not the deployment key itself, so that neither use can weaken the other. */
async function identitySecret(deploymentKey: string): Promise<string> {
  const key = await hmacKey(deploymentKey);
  const derived = await crypto.subtle.sign('HMAC', key, encoder.encode('millrace/identity/1'));
  return Array.from(new Uint8Array(derived), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Of all keys of the deployment, the newest first. */
export const identitySecrets = (keys: KeySource): Promise<{ version: number; value: string }[]> =>
  Promise.all(
    [keys.DEPLOYMENT_KEY ?? '', ...oldKeysOf(keys)].map(async (key) => {
      const value = await identitySecret(key);
      // Named after itself: the same whatever place it has in the list.
      return { version: Number.parseInt(value.slice(0, 8), 16), value };
    }),
  );

const hmacKey = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);

const verifyingKeys = new Map<string, Promise<CryptoKey>>();

/** The signing key of this deployment; made once an isolate. */
export function sessionKey(deploymentKey: string): Promise<CryptoKey> {
  let key = verifyingKeys.get(deploymentKey);
  if (!key) verifyingKeys.set(deploymentKey, (key = identitySecret(deploymentKey).then(hmacKey)));
  return key;
}

export interface Shown {
  by: 'cookie' | 'bearer';
  /** `<token>.<signature>`, the signature in base64 with its `=`, as better-auth writes cookies. */
  signed: string;
}

/**
 * The session a request shows. A bearer wins: who sends one does not rely on the browser's cookie. Over https only the
 * `__Host-` cookie counts: the other could have been set by a neighbouring host.
 */
export function shownSession(request: Request, isSecure: boolean): Shown | undefined {
  const header = request.headers.get('authorization');
  if (header !== null) {
    const [, token, signature] = /^Bearer +ms_([A-Za-z0-9]{16,64})\.([A-Za-z0-9_-]{43})$/i.exec(header) ?? [];
    if (token === undefined || signature === undefined) return undefined;
    return { by: 'bearer', signed: `${token}.${signature.replaceAll('-', '+').replaceAll('_', '/')}=` };
  }
  const name = cookieName(isSecure);
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at < 0 || part.slice(0, at).trim() !== name) continue;
    try {
      return { by: 'cookie', signed: decodeURIComponent(part.slice(at + 1).trim()) };
    } catch {
      return undefined;
    }
  }
  return undefined;
}

export function bearerOf(signed: string): string {
  const at = signed.lastIndexOf('.');
  const signature = signed
    .slice(at + 1)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return `ms_${signed.slice(0, at)}.${signature}`;
}

/** The token inside, when its signature is of this deployment. */
export async function openSigned(signed: string, key: CryptoKey): Promise<string | undefined> {
  const at = signed.lastIndexOf('.');
  const signature = signed.slice(at + 1);
  if (at < 1 || !/^[A-Za-z0-9+/]{43}=$/.test(signature)) return undefined;
  const bytes = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0));
  const token = signed.slice(0, at);
  return (await crypto.subtle.verify('HMAC', key, bytes, encoder.encode(token))) ? token : undefined;
}

/** 48 characters where those of the library have 32: a token says itself which table knows it. */
export const SSO_TOKEN_CHARS = 48;

export const isSsoToken = (token: string): boolean => token.length === SSO_TOKEN_CHARS;
