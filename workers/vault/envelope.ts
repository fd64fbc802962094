import { fromBase64, toBase64 } from '../../core/data/base64.ts';

/** AES-GCM's own nonce length; random ones are safe up to 2^32 messages a key, far above a tenant's credentials. */
const NONCE_BYTES = 12;
const encoder = new TextEncoder();

/** Stored secrets that cannot be opened: another deployment key, or a damaged or moved record. */
export class VaultError extends Error {
  readonly code: 'vault-closed' | 'vault-damaged';
  constructor(code: 'vault-closed' | 'vault-damaged', message: string) {
    super(message);
    this.name = 'VaultError';
    this.code = code;
  }
}

/** The deployment's key as two things nobody can turn back into it: an id, and a key that wraps data keys. */
export interface WrappingKey {
  id: string;
  key: CryptoKey;
}

export async function wrappingKey(deploymentKey: string | undefined): Promise<WrappingKey> {
  if (deploymentKey === undefined || deploymentKey === '') {
    throw new VaultError('vault-closed', 'This deployment has no DEPLOYMENT_KEY, so it cannot keep secrets.');
  }
  const material = await crypto.subtle.importKey('raw', encoder.encode(deploymentKey), 'HKDF', false, [
    'deriveKey',
    'deriveBits',
  ]);
  const derivation = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: encoder.encode('millrace vault'),
    info: encoder.encode(info),
  });
  const [key, id] = await Promise.all([
    crypto.subtle.deriveKey(derivation('wrap data keys'), material, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
    crypto.subtle.deriveBits(derivation('key id'), material, 64),
  ]);
  return { key, id: toBase64(new Uint8Array(id)) };
}

/** What a ciphertext belongs to. Each part is length-prefixed, so that no two lists of parts read alike. */
const bound = (parts: readonly string[]): Uint8Array<ArrayBuffer> =>
  encoder.encode(parts.map((part) => `${part.length}:${part}`).join('')) as Uint8Array<ArrayBuffer>;

/** Encrypts for one place: opened anywhere else it fails. */
export async function seal(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>, place: readonly string[]): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(place) }, key, bytes);
  return `${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
}

/** @throws VaultError `vault-damaged` when it was sealed with another key, for another place, or changed since. */
export async function open(key: CryptoKey, sealed: string, place: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const [iv = '', text = ''] = sealed.split('.');
  try {
    const bytes = fromBase64(text);
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(iv), additionalData: bound(place) }, key, bytes),
    );
  } catch {
    throw new VaultError('vault-damaged', 'A stored secret cannot be opened: its record was changed or moved.');
  }
}
