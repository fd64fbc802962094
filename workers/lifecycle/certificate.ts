import { canonical } from '../../core/data/canonical.ts';
import type { Json } from '../../core/data/item.ts';
import { fromBase64, toBase64 } from '../../core/data/base64.ts';

/** A signed statement. Anybody checks it: `signature` is Ed25519 over the canonical JSON of `statement`. */
export interface Certificate {
  statement: Json;
  algorithm: 'Ed25519';
  /** Raw public key, base64. */
  publicKey: string;
  signature: string;
}

const encoder = new TextEncoder();
/** PKCS #8 around a raw Ed25519 seed. */
const PKCS8_HEAD = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

async function keysOf(deploymentKey: string): Promise<{ sign: CryptoKey; publicKey: string }> {
  const material = await crypto.subtle.importKey('raw', encoder.encode(deploymentKey), 'HKDF', false, ['deriveBits']);
  const derivation = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: encoder.encode('millrace'),
    info: encoder.encode('certificates'),
  };
  const seed = new Uint8Array(await crypto.subtle.deriveBits(derivation, material, 256));
  const sign = await crypto.subtle.importKey('pkcs8', Uint8Array.from([...PKCS8_HEAD, ...seed]), 'Ed25519', true, [
    'sign',
  ]);
  const { x = '' } = (await crypto.subtle.exportKey('jwk', sign)) as JsonWebKey;
  return { sign, publicKey: toBase64(fromBase64(x.replaceAll('-', '+').replaceAll('_', '/'))) };
}

export async function certify(deploymentKey: string, statement: Json): Promise<Certificate> {
  const { sign, publicKey } = await keysOf(deploymentKey);
  const bytes = await crypto.subtle.sign('Ed25519', sign, encoder.encode(canonical(statement)));
  return { statement, algorithm: 'Ed25519', publicKey, signature: toBase64(new Uint8Array(bytes)) };
}

/** True when the statement is what the holder of that key signed. Whose key it is, the deployment says. */
export async function isGenuine({ statement, publicKey, signature }: Certificate): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', fromBase64(publicKey), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, fromBase64(signature), encoder.encode(canonical(statement)));
}
