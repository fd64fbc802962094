import type { JsonObject } from '../../core/data/item.ts';
import { CredentialError, type OpenCredential } from '../vault/resolver.ts';

/** The claims of a token that is right, else undefined. */
export type CheckToken = (token: string) => Promise<JsonObject | undefined>;

const SYMMETRIC = /^HS(256|384|512)$/;
const ASYMMETRIC = /^(RS|PS|ES)(256|384|512)$/;
/** Clocks differ a little. */
const TOLERANCE_SECONDS = 5;

/**
 * Checks tokens with the one algorithm the credential names: a token's own header never chooses (`none`, or a public
 * key taken for a shared secret).
 */
export async function tokenChecker(credential: OpenCredential): Promise<CheckToken> {
  const value = (name: string): string => String(credential.values.get(name) ?? '');
  const algorithm = value('algorithm');
  const jose = await import('jose');
  const verify =
    (key: CryptoKey | Uint8Array): CheckToken =>
    async (token) => {
      try {
        const options = { algorithms: [algorithm], clockTolerance: TOLERANCE_SECONDS };
        return (await jose.jwtVerify(token, key, options)).payload as JsonObject;
      } catch {
        return undefined;
      }
    };
  if (value('keyType') === 'pemKey') {
    if (!ASYMMETRIC.test(algorithm)) throw new CredentialError(`A PEM key does not fit ${algorithm}`);
    try {
      return verify(await jose.importSPKI(value('publicKey').replaceAll('\\n', '\n'), algorithm));
    } catch {
      throw new CredentialError('The public key is no SPKI PEM');
    }
  }
  const secret = value('secret');
  if (!SYMMETRIC.test(algorithm) || secret === '') {
    throw new CredentialError('A passphrase needs HS256, HS384 or HS512');
  }
  return verify(new TextEncoder().encode(secret));
}
