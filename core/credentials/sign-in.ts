import type { CredentialType } from './kit.ts';
import type { CredentialValue } from './values.ts';

export type Grant = 'authorizationCode' | 'clientCredentials';

/** What a credential says about getting tokens, made whole from its type and values. */
export interface SignInPlan {
  grant: Grant;
  authUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  authQuery: [string, string][];
  authentication: 'header' | 'body';
  /** The token URL is the type's, so the secret may go there whatever the credential's domains are. */
  isTokenUrlOfType: boolean;
}

type Values = ReadonlyMap<string, CredentialValue>;

const text = (values: Values, name: string): string => String(values.get(name) ?? '').trim();

/** Values stand in paths and hosts: nothing in them may end either. */
const filled = (template: string, values: Values): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => text(values, name).replaceAll(/[^\w.-]/g, ''));

/** Undefined where a credential of the type needs no tokens, or already holds one that never changes. */
export function signInPlan(type: CredentialType, values: Values): SignInPlan | undefined {
  const common = {
    clientId: text(values, 'clientId'),
    clientSecret: text(values, 'clientSecret'),
    scope: text(values, 'scope') || (type.signIn?.scope ?? ''),
  };
  if (type.signIn) {
    const { authUrl, tokenUrl, authQuery = {}, authentication = 'body' } = type.signIn;
    return {
      ...common,
      grant: 'authorizationCode',
      authUrl: filled(authUrl, values),
      tokenUrl: filled(tokenUrl, values),
      authQuery: Object.entries(authQuery),
      authentication,
      isTokenUrlOfType: true,
    };
  }
  if (type.type !== 'oAuth2Api' || text(values, 'accessToken') !== '') return undefined;
  return {
    ...common,
    grant: text(values, 'grantType') === 'clientCredentials' ? 'clientCredentials' : 'authorizationCode',
    authUrl: text(values, 'authUrl'),
    tokenUrl: text(values, 'accessTokenUrl'),
    authQuery: [...new URLSearchParams(text(values, 'authQueryParameters'))],
    authentication: text(values, 'authentication') === 'body' ? 'body' : 'header',
    isTokenUrlOfType: false,
  };
}

/** `https://…` or `http://…` with a host and without a user: what a browser may be sent to. */
export function isWebAddress(address: string): boolean {
  if (!/^https?:\/\/[^/\\\s]/i.test(address) || !URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

/** Why nobody can sign in yet, for the maker of the credential; undefined: all is there. */
export function unreadyFor({ grant, authUrl, tokenUrl, clientId }: SignInPlan): string | undefined {
  if (clientId === '') return 'The client ID is missing';
  if (!isWebAddress(tokenUrl)) return 'The access token URL is not an http address';
  if (grant === 'authorizationCode' && !isWebAddress(authUrl)) return 'The authorization URL is not an http address';
  return undefined;
}

/** Ours come last: what the credential or its type adds cannot take their place. */
export function authorizeUrl(
  plan: SignInPlan,
  { redirectUri, state, challenge }: { redirectUri: string; state: string; challenge: string },
): string {
  const url = new URL(plan.authUrl);
  for (const [name, value] of plan.authQuery) url.searchParams.set(name, value);
  const own = {
    response_type: 'code',
    client_id: plan.clientId,
    redirect_uri: redirectUri,
    ...(plan.scope === '' ? {} : { scope: plan.scope }),
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(own)) url.searchParams.set(name, value);
  url.hash = '';
  return url.href;
}

/** What a grant sends to the token URL besides who the client is (RFC 6749 §4.1.3, §4.4.2, §6; RFC 7636 §4.5). */
export type GrantForm =
  | { grant_type: 'authorization_code'; code: string; redirect_uri: string; code_verifier: string }
  | { grant_type: 'client_credentials'; scope?: string }
  | { grant_type: 'refresh_token'; refresh_token: string };

/** RFC 6749 §2.3.1: id and secret are form-encoded before they become a Basic header. */
const formEncode = (value: string): string => new URLSearchParams([['', value]]).toString().slice(1);

/** A token request as headers and form; `base64` is the host's. */
export function tokenRequest(
  { clientId, clientSecret, authentication }: SignInPlan,
  form: GrantForm,
  base64: (value: string) => string,
): { headers: [string, string][]; body: string } {
  const body = new URLSearchParams(Object.entries(form));
  const headers: [string, string][] = [
    ['content-type', 'application/x-www-form-urlencoded'],
    ['accept', 'application/json'],
  ];
  if (authentication === 'header' && clientSecret !== '') {
    headers.push(['authorization', `Basic ${base64(`${formEncode(clientId)}:${formEncode(clientSecret)}`)}`]);
  } else {
    body.set('client_id', clientId);
    if (clientSecret !== '') body.set('client_secret', clientSecret);
  }
  return { headers, body: body.toString() };
}
