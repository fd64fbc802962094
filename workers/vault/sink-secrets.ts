import { toBase64 } from '../../core/data/base64.ts';
import { type KeySource, oldKeysOf } from '../kit/key-source.ts';

const encoder = new TextEncoder();

async function hmac(key: string, text: string): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text)));
}

/**
 * What signs the batches of an audit sink, the newest first. Derived from the deployment's key, so that it is stored
 * nowhere; while that key is exchanged the older ones sign too.
 */
export async function sinkSecrets(keys: KeySource, tenant: string, sink: string): Promise<string[]> {
  const all = [keys.DEPLOYMENT_KEY ?? '', ...oldKeysOf(keys)].filter((key) => key !== '');
  const name = JSON.stringify(['audit sink', tenant, sink]);
  return Promise.all(all.map(async (key) => toBase64(await hmac(key, name))));
}

/** `sha256=<hex>` for each secret, separated by commas. */
export async function signatures(secrets: readonly string[], body: string): Promise<string> {
  const all = await Promise.all(secrets.map((secret) => hmac(secret, body)));
  const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return all.map((bytes) => `sha256=${hex(bytes)}`).join(', ');
}
