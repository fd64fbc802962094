/** The one function of Node's crypto used here: WebCrypto has no MD5. @types/node would bring a whole other world. */
declare module 'node:crypto' {
  interface Hash {
    update(text: string): Hash;
    digest(encoding: 'hex'): string;
  }
  export function createHash(algorithm: 'md5' | 'sha256'): Hash;
}
