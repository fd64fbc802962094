/** The functions of Node's crypto used here: synchronous, unlike WebCrypto. @types/node would bring a whole other world. */
declare module 'node:crypto' {
  interface Hmac {
    update(text: string): Hmac;
    digest(encoding: 'base64url'): string;
  }
  interface Hash {
    update(text: string): Hash;
    digest(encoding: 'hex'): string;
  }
  export function createHash(algorithm: 'sha256'): Hash;
  export function createHmac(algorithm: 'sha256', secret: string): Hmac;
}
