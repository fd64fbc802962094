import { BoundedCache } from '../../kit/bounded-cache.ts';
import { OidcError } from './error.ts';
import { askJson, isSafeUrl } from './http.ts';
import type { Provider } from './http.ts';

const KEPT_MS = 600_000;

export interface Metadata {
  authorizationEndpoint: string;
  tokenEndpoint: string;
  userinfoEndpoint: string | undefined;
  jwksUri: string;
  /** RFC 9207: it names itself in its answers. */
  namesItself: boolean;
  takesBasic: boolean;
}

// Per isolate, by tenant and issuer: public facts.
const known = new BoundedCache<Metadata>(1_000);

/** What the provider says of itself (OID1). @throws OidcError. */
export async function discover(provider: Provider): Promise<Metadata> {
  const { tenant, issuer, nowMs } = provider;
  const key = `${tenant} ${issuer}`;
  const before = known.get(key, nowMs);
  if (before) return before;
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { status, json } = await askJson(provider, url);
  if (status !== 200) throw new OidcError('oidc-provider', `The provider has no discovery document (status ${status})`);
  if (json['issuer'] !== issuer) throw new OidcError('oidc-untrusted', 'The discovery document names another issuer');
  const address = (name: string): string => {
    const value = json[name];
    if (!isSafeUrl(value)) {
      throw new OidcError('oidc-provider', `The discovery document has no https address as ${name}`);
    }
    return value;
  };
  const methods: unknown = json['token_endpoint_auth_methods_supported'];
  const found: Metadata = {
    authorizationEndpoint: address('authorization_endpoint'),
    tokenEndpoint: address('token_endpoint'),
    userinfoEndpoint: json['userinfo_endpoint'] === undefined ? undefined : address('userinfo_endpoint'),
    jwksUri: address('jwks_uri'),
    namesItself: json['authorization_response_iss_parameter_supported'] === true,
    takesBasic: !Array.isArray(methods) || methods.includes('client_secret_basic'),
  };
  known.set(key, found, nowMs + KEPT_MS);
  return found;
}
