/** Digests by the names authenticator links use, to those of the host. SHA-3 is left out: no app has it. */
export const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['SHA1', 'sha1'],
  ['SHA224', 'sha224'],
  ['SHA256', 'sha256'],
  ['SHA384', 'sha384'],
  ['SHA512', 'sha512'],
]);
