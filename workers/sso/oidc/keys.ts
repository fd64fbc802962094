import type { JSONWebKeySet, JWTPayload } from 'jose';
import { BoundedCache } from '../../kit/bounded-cache.ts';
import { OidcError } from './error.ts';
import { askJson } from './http.ts';
import type { Provider } from './http.ts';

const KEPT_MS = 600_000;
/** Whoever sends tokens with made-up key ids must not make us ask the provider each time. */
const ASK_AGAIN_MS = 30_000;
const MAX_KEYS = 50;

/** Asymmetric ones only (OID3): with HS256 a public key would be the secret. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

interface KnownKeys {
  set: JSONWebKeySet;
  atMs: number;
}

// Per isolate, by tenant and address.
const known = new BoundedCache<KnownKeys>(1_000);

export async function loadKeys(provider: Provider, jwksUri: string): Promise<KnownKeys> {
  const { status, json } = await askJson(provider, jwksUri);
  const { keys } = json;
  if (status !== 200 || !Array.isArray(keys) || keys.length > MAX_KEYS) {
    throw new OidcError('oidc-provider', `The provider has no usable key set (status ${status})`);
  }
  // A secret in a public key set is nobody's secret.
  const usable = keys.filter(
    (key: unknown) => typeof key === 'object' && key !== null && 'kty' in key && key.kty !== 'oct',
  );
  const found = { set: { keys: usable } as JSONWebKeySet, atMs: provider.nowMs };
  known.set(`${provider.tenant} ${jwksUri}`, found, provider.nowMs + KEPT_MS);
  return found;
}

/** The claims of a token that the issuer signed for us (OID3, OID4). @throws OidcError `oidc-untrusted`. */
export async function verifyToken(
  provider: Provider,
  { token, jwksUri, audience }: { token: string; jwksUri: string; audience: string },
): Promise<JWTPayload> {
  // Loaded at its first use, like everything large.
  const { createLocalJWKSet, errors, jwtVerify } = await import('jose');
  const reasonOf = (error: unknown): string =>
    error instanceof errors.JOSEError ? error.message.slice(0, 150) : 'it cannot be read';
  const verify = async ({ set }: KnownKeys): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(token, createLocalJWKSet(set), {
      issuer: provider.issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: 60,
      currentDate: new Date(provider.nowMs),
      requiredClaims: ['sub', 'iat', 'exp'],
    });
    return payload;
  };
  let keys = known.get(`${provider.tenant} ${jwksUri}`, provider.nowMs) ?? (await loadKeys(provider, jwksUri));
  for (;;) {
    try {
      return await verify(keys);
    } catch (error) {
      const unknownKey =
        error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;
      if (unknownKey && keys.atMs + ASK_AGAIN_MS <= provider.nowMs) {
        keys = await loadKeys(provider, jwksUri);
        continue;
      }
      throw new OidcError('oidc-untrusted', `The ID token is not good: ${reasonOf(error)}`);
    }
  }
}
