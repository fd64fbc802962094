/** The one function of Node's crypto used here: synchronous, unlike WebCrypto. @types/node would bring a whole other world. */
declare module 'node:crypto' {
  interface Hmac {
    update(text: string): Hmac;
    digest(encoding: 'base64url'): string;
  }
  export function createHmac(algorithm: 'sha256', secret: string): Hmac;
}
