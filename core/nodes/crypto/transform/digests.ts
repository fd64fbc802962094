import { createHash, createHmac } from 'node:crypto';
import { sha3 } from '../../../expression/hash/sha3.ts';
import { NodeError } from '../../../node/kit.ts';

/** Names as n8n writes them. workerd's library has no SHA-3, so that ours does it everywhere. */
const NATIVE: ReadonlyMap<string, string> = new Map([
  ['MD5', 'md5'],
  ['SHA1', 'sha1'],
  ['SHA256', 'sha256'],
  ['SHA384', 'sha384'],
  ['SHA512', 'sha512'],
]);
const SHA3_BITS: ReadonlyMap<string, 256 | 384 | 512> = new Map([
  ['SHA3-256', 256],
  ['SHA3-384', 384],
  ['SHA3-512', 512],
]);

/** Ours is slow: some seconds for this much. */
const MAX_SHA3_BYTES = 8_000_000;

function sha3Of(bits: 256 | 384 | 512, data: Uint8Array): Uint8Array {
  if (data.length > MAX_SHA3_BYTES) {
    throw new NodeError('too-large', `SHA-3 takes at most ${MAX_SHA3_BYTES / 1e6} MB. SHA256 takes files of any size.`);
  }
  return sha3(data, bits);
}

const unknown = (type: string): NodeError =>
  new NodeError('unknown-digest', `There is no digest "${type.slice(0, 80)}".`, {
    description: `There are ${[...NATIVE.keys(), ...SHA3_BITS.keys()].join(', ')}.`,
  });

export function digest(type: string, data: Uint8Array): Uint8Array {
  const native = NATIVE.get(type);
  if (native) return createHash(native).update(data).digest();
  const bits = SHA3_BITS.get(type);
  if (bits) return sha3Of(bits, data);
  throw unknown(type);
}

export function hmac(type: string, secret: string, data: Uint8Array): Uint8Array {
  const native = NATIVE.get(type);
  if (native) return createHmac(native, secret).update(data).digest();
  const bits = SHA3_BITS.get(type);
  if (!bits) throw unknown(type);
  // RFC 2104 over FIPS 202: the block is the sponge's rate.
  const block = 200 - bits / 4;
  const bytes = new TextEncoder().encode(secret);
  const key = new Uint8Array(block);
  key.set(bytes.length > block ? sha3Of(bits, bytes) : bytes);
  const joined = (pad: number, rest: Uint8Array): Uint8Array => {
    const out = new Uint8Array(block + rest.length);
    out.set(key.map((byte) => byte ^ pad));
    out.set(rest, block);
    return out;
  };
  return sha3Of(bits, joined(0x5c, sha3Of(bits, joined(0x36, data))));
}
