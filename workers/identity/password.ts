import { scrypt } from 'node:crypto';

/**
 * 32 MiB and some 70 ms a hash on the machine this was chosen on: sign-in has 150 ms. The parameters are part of the
 * text, so raising them leaves older passwords readable.
 */
const COST = { log2N: 15, r: 8, p: 1 } as const;
const KEY_BYTES = 32;

/** Long enough that length alone resists guessing; the upper end keeps hashing cheap. */
export const PASSWORD_CHARS = { min: 10, max: 128 } as const;

interface Cost {
  log2N: number;
  r: number;
  p: number;
}

function derive(password: string, salt: Uint8Array, { log2N, r, p }: Cost): Promise<Uint8Array> {
  const N = 2 ** log2N;
  return new Promise((done, fail) => {
    // The same password typed on another keyboard may be composed otherwise.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? fail(error) : done(key),
    );
  });
}

/** `scrypt$15$8$1$<salt>$<key>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.log2N, COST.r, COST.p, text(salt), text(key)].join('$');
}

export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [scheme, log2N, r, p, salt, key] = hash.split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false;
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  return sameBytes(bytes(key), await derive(password, bytes(salt), cost));
}

const text = (from: Uint8Array): string =>
  btoa(String.fromCharCode(...from))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const bytes = (from: string): Uint8Array =>
  Uint8Array.from(atob(from.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

/** Looks at every byte whatever it found: how long it takes says nothing. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.byteLength ^ b.byteLength;
  for (let at = 0; at < a.byteLength; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}
