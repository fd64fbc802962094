// The part of node:crypto that transforms use. Workers and Node both have it; core itself never imports it
// (scripts/lint/layers.ts), and has no types of Node otherwise.
declare module 'node:crypto' {
  interface Digest {
    update(data: Uint8Array | string): Digest;
    digest(): Uint8Array<ArrayBuffer>;
  }
  interface Signer {
    update(data: Uint8Array | string): Signer;
    sign(key: string): Uint8Array<ArrayBuffer>;
  }
  interface KeyObject {
    readonly asymmetricKeyType?: string;
    export(options: { type: 'pkcs8' | 'spki'; format: 'pem' }): string | Uint8Array;
  }
  export function createHash(algorithm: string): Digest;
  export function createHmac(algorithm: string, key: Uint8Array | string): Digest;
  export function createSign(algorithm: string): Signer;
  export function createPrivateKey(pem: string): KeyObject;
  export function createPublicKey(pem: string): KeyObject;
  export function randomBytes(size: number): Uint8Array<ArrayBuffer>;
  export function randomUUID(): string;
}
