import type { JWTPayload } from 'jose';
import { discover } from './discovery.ts';
import { OidcError } from './error.ts';
import { askJson } from './http.ts';
import type { JsonRecord, Provider } from './http.ts';
import { verifyToken } from './keys.ts';

export interface OidcClient {
  provider: Provider;
  clientId: string;
  /** Undefined: a public client, which PKCE alone protects. */
  clientSecret: string | undefined;
  scopes: readonly string[];
  groupsClaim: string;
  redirectUri: string;
}

/** What was made up for one sign-in, and is needed again when it comes back. */
interface OidcFlow {
  state: string;
  nonce: string;
  verifier: string;
}

export interface OidcLogin {
  issuer: string;
  subject: string;
  email: string;
  name: string;
  groups: string[];
}

const MAX_TOKEN_CHARS = 20_000;
const MAX_GROUPS = 1_000;

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Where the browser goes to sign in (OID2). */
export async function authorizationUrl(
  client: OidcClient,
  { state, nonce, verifier }: OidcFlow,
  hint?: string,
): Promise<string> {
  const { authorizationEndpoint } = await discover(client.provider);
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  const url = new URL(authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: [...new Set(['openid', 'email', 'profile', ...client.scopes])].join(' '),
    state,
    nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(hint === undefined ? {} : { login_hint: hint }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Turns what came back into who signed in. @throws OidcError. */
export async function completeSignIn(
  client: OidcClient,
  { nonce, verifier }: Pick<OidcFlow, 'nonce' | 'verifier'>,
  answer: URLSearchParams,
): Promise<OidcLogin> {
  const { provider } = client;
  const metadata = await discover(provider);
  const named = answer.get('iss');
  // OID5: the answer of another provider, mixed up with ours.
  if (named !== null ? named !== provider.issuer : metadata.namesItself) {
    throw new OidcError('oidc-untrusted', 'The answer comes from another provider (iss)');
  }
  const failure = answer.get('error');
  if (failure !== null) throw new OidcError('oidc-refused', `The provider refused: ${failure.slice(0, 100)}`);
  const code = answer.get('code');
  if (code === null || code === '' || code.length > MAX_TOKEN_CHARS) {
    throw new OidcError('oidc-refused', 'The answer has no code');
  }
  const tokens = await exchange(client, {
    code,
    verifier,
    endpoint: metadata.tokenEndpoint,
    basic: metadata.takesBasic,
  });
  const token = tokens['id_token'];
  if (typeof token !== 'string' || token.length > MAX_TOKEN_CHARS) {
    throw new OidcError('oidc-provider', 'The provider gave no ID token');
  }
  const claims = await verifyToken(provider, { token, jwksUri: metadata.jwksUri, audience: client.clientId });
  checkClaims(claims, { nonce, clientId: client.clientId });
  const { userinfoEndpoint } = metadata;
  const lacks = claims['email'] === undefined || claims[client.groupsClaim] === undefined;
  const more =
    lacks && userinfoEndpoint !== undefined
      ? await userInfo(provider, { tokens, userinfoEndpoint, sub: claims.sub })
      : {};
  return loginOf(client, claims, more);
}

async function exchange(
  { provider, clientId, clientSecret, redirectUri }: OidcClient,
  { code, verifier, endpoint, basic }: { code: string; verifier: string; endpoint: string; basic: boolean },
): Promise<JsonRecord> {
  const form: Record<string, string> = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  const headers: [string, string][] = [];
  if (clientSecret !== undefined && basic) {
    const pair = [clientId, clientSecret].map(encodeURIComponent).join(':');
    headers.push(['authorization', `Basic ${btoa(pair)}`]);
  } else {
    form['client_id'] = clientId;
    if (clientSecret !== undefined) form['client_secret'] = clientSecret;
  }
  const { status, json } = await askJson(provider, endpoint, { method: 'POST', headers, form });
  if (status === 200) return json;
  const why = typeof json['error'] === 'string' ? json['error'].slice(0, 100) : `status ${status}`;
  throw new OidcError('oidc-refused', `The provider did not take the code: ${why}`);
}

/** OID4, beyond what the signature check already asked. */
function checkClaims(claims: JWTPayload, { nonce, clientId }: { nonce: string; clientId: string }): void {
  const bad = (what: string): OidcError => new OidcError('oidc-untrusted', `The ID token is not good: ${what}`);
  if (claims['nonce'] !== nonce) throw bad('it is not for this sign-in (nonce)');
  const azp = claims['azp'];
  if (azp !== undefined ? azp !== clientId : Array.isArray(claims.aud) && claims.aud.length > 1) {
    throw bad('it was made for another client (azp)');
  }
  if (typeof claims.sub !== 'string' || claims.sub === '' || claims.sub.length > 255) throw bad('sub');
}

/** OID6 */
async function userInfo(
  provider: Provider,
  { tokens, userinfoEndpoint, sub }: { tokens: JsonRecord; userinfoEndpoint: string; sub: string | undefined },
): Promise<JsonRecord> {
  const access = tokens['access_token'];
  if (typeof access !== 'string') return {};
  const { status, json } = await askJson(provider, userinfoEndpoint, {
    headers: [['authorization', `Bearer ${access}`]],
  });
  if (status !== 200) return {};
  if (json['sub'] !== sub) throw new OidcError('oidc-untrusted', 'User info is about somebody else');
  return json;
}

function loginOf({ provider, groupsClaim }: OidcClient, claims: JWTPayload, more: JsonRecord): OidcLogin {
  // An address and its verification belong together: never one from here and one from there.
  const source: JsonRecord = claims['email'] === undefined ? more : claims;
  const { email, email_verified: verified } = source;
  if (typeof email !== 'string' || email === '') {
    throw new OidcError('oidc-refused', 'The provider gives no e-mail address; allow the scope email for this client');
  }
  // OID7; some providers write it as a text.
  if (verified !== undefined && verified !== true && verified !== 'true') {
    throw new OidcError('oidc-refused', 'The provider says the e-mail address is not verified');
  }
  const name = claims['name'] ?? more['name'];
  const groups: unknown = claims[groupsClaim] ?? more[groupsClaim];
  return {
    issuer: provider.issuer,
    subject: claims.sub ?? '',
    email,
    name: typeof name === 'string' && name !== '' ? name.slice(0, 200) : email,
    groups: (Array.isArray(groups) ? groups : []).filter((each) => typeof each === 'string').slice(0, MAX_GROUPS),
  };
}
