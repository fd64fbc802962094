import { fromBase64, toBase64 } from '../../core/data/base64.ts';
import { type KeySource, oldKeysOf } from '../kit/key-source.ts';

const encoder = new TextEncoder();

async function hmac(key: string | Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array> {
  const bytes = typeof key === 'string' ? encoder.encode(key) : key;
  const imported = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text)));
}

/**
 * What signs the batches of a sink, the newest first; a library of Standard Webhooks takes it with `whsec_` before it. Derived from the deployment's key, so that it is stored
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

/** `v1,<base64>` for each secret, separated by blanks, over `id.seconds.body`: webhook-signature of Standard Webhooks. */
export async function standardSignatures(secrets: readonly string[], text: string): Promise<string> {
  const all = await Promise.all(secrets.map((secret) => hmac(fromBase64(secret), text)));
  return all.map((bytes) => `v1,${toBase64(bytes)}`).join(' ');
}
