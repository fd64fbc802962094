/** The few functions of Node's crypto used here: what WebCrypto has not. @types/node would bring a whole other world. */
declare module 'node:crypto' {
  interface Hash {
    update(data: string | Uint8Array): Hash;
    digest(encoding: 'hex'): string;
  }
  interface PublicKey {
    readonly asymmetricKeyType?: string;
    export(options: { type: 'spki'; format: 'pem' }): string;
  }
  export function scrypt(
    password: string,
    salt: Uint8Array,
    keyBytes: number,
    cost: { N: number; r: number; p: number; maxmem: number },
    done: (error: Error | null, key: Uint8Array) => void,
  ): void;
  export function createHash(algorithm: 'md5' | 'sha256'): Hash;
  export function createPublicKey(pem: string): PublicKey;
  export class X509Certificate {
    constructor(pem: string);
    readonly publicKey: PublicKey;
  }
}
