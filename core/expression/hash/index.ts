import { toBase64, toHex, utf8 } from './bytes.ts';
import { md5 } from './md5.ts';
import { ripemd160 } from './ripemd160.ts';
import { sha1 } from './sha1.ts';
import { sha256, sha512 } from './sha2.ts';
import { sha3 } from './sha3.ts';

/** Synchronous digests for expressions, where the platform's asynchronous ones cannot be used. Lower-case hex. */
export const HASHES: ReadonlyMap<string, (text: string) => string> = new Map([
  ['base64', (text: string) => toBase64(utf8(text))],
  ['md5', (text: string) => toHex(md5(utf8(text)))],
  ['sha1', (text: string) => toHex(sha1(utf8(text)))],
  ['sha224', (text: string) => toHex(sha256(utf8(text), 224))],
  ['sha256', (text: string) => toHex(sha256(utf8(text), 256))],
  ['sha384', (text: string) => toHex(sha512(utf8(text), 384))],
  ['sha512', (text: string) => toHex(sha512(utf8(text), 512))],
  ['ripemd160', (text: string) => toHex(ripemd160(utf8(text)))],
  ['sha3', (text: string) => toHex(sha3(utf8(text)))],
]);
