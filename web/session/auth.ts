import { errorFrom } from '../../sdk/client/index.ts';

/** What `POST /auth/sign-in/…` answers: somebody is in, or a code is asked for. */
export interface SignInAnswer {
  twoFactorRedirect?: boolean;
}

async function answerOf<T>(response: Response): Promise<T> {
  if (!response.ok) throw await errorFrom(response);
  const text = await response.text();
  // SAFETY: what the addresses of docs/guide/signing-in.md answer; callers name the part they read.
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Posts to an address of sign-ins, `/auth/sign-out` or a connection's own. Rejects with ApiError. */
export const post = async <T = unknown>(path: string, body: unknown = {}): Promise<T> =>
  answerOf<T>(
    await fetch(path, {
      method: 'POST',
      // mails are in the language of the page, not of the browser
      headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
      body: JSON.stringify(body),
    }),
  );

export const get = async <T>(path: string): Promise<T> => answerOf<T>(await fetch(path));

/** Signs in with a passkey of this device. Rejects with ApiError, or DOMException when the person turns it down. */
export async function signInByPasskey(): Promise<SignInAnswer> {
  const options = await get<PublicKeyCredentialRequestOptionsJSON>('/auth/passkey/generate-authenticate-options');
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  return post('/auth/passkey/verify-authentication', { response: jsonOf(credential) });
}

/** Makes a passkey on this device for who is signed in. */
export async function addPasskey(name: string): Promise<void> {
  const options = await get<PublicKeyCredentialCreationOptionsJSON>('/auth/passkey/generate-register-options');
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  await post('/auth/passkey/verify-registration', { response: jsonOf(credential), name });
}

function jsonOf(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new TypeError('The device gave no passkey.');
  return credential.toJSON();
}

/** They belong to a name of the deployment: where it is reached by a number there are none. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential === 'function' &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  !/^[\d.]+$|:/.test(location.hostname);
