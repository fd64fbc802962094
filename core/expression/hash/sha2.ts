import { padded } from './bytes.ts';

/** The first `count` primes: SHA-2's constants are bits of their roots. */
function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (!found.some((p) => n % p === 0n)) found.push(n);
  return found;
}

/** floor(n^(1/power)) by bisection. */
function root(n: bigint, power: bigint): bigint {
  let low = 0n;
  let high = 1n << (BigInt(n.toString(2).length) / power + 1n);
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** power <= n) low = middle;
    else high = middle;
  }
  return low;
}

const MASK64 = (1n << 64n) - 1n;
const fraction64 = (prime: bigint, power: bigint): bigint => root(prime << (64n * power), power) & MASK64;
const PRIMES = primes(80);
const K64 = PRIMES.map((prime) => fraction64(prime, 3n));
const K32 = K64.slice(0, 64).map((k) => Number(k >> 32n) | 0);
const SQRT = PRIMES.slice(0, 16).map((prime) => fraction64(prime, 2n));

const INITIAL32 = {
  224: SQRT.slice(8, 16).map((x) => Number(x & 0xffffffffn) | 0),
  256: SQRT.slice(0, 8).map((x) => Number(x >> 32n) | 0),
};
const INITIAL64 = { 384: SQRT.slice(8, 16), 512: SQRT.slice(0, 8) };

const r32 = (x: number, n: number): number => (x >>> n) | (x << (32 - n));
const r64 = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & MASK64;

/** FIPS 180-4 SHA-224 and SHA-256. */
export function sha256(message: Uint8Array, bits: 224 | 256): Uint8Array {
  const view = padded(message, 64, false);
  const state = Int32Array.from(INITIAL32[bits]);
  const w = new Int32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15] ?? 0;
      const y = w[i - 2] ?? 0;
      const s0 = r32(x, 7) ^ r32(x, 18) ^ (x >>> 3);
      const s1 = r32(y, 17) ^ r32(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (r32(e, 6) ^ r32(e, 11) ^ r32(e, 25)) + ((e & f) ^ (~e & g)) + (K32[i] ?? 0) + (w[i] ?? 0)) | 0;
      const t2 = ((r32(a, 2) ^ r32(a, 13) ^ r32(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0) + value;
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((value, i) => out.setInt32(i * 4, value));
  return new Uint8Array(out.buffer, 0, bits / 8);
}

/** FIPS 180-4 SHA-384 and SHA-512. */
export function sha512(message: Uint8Array, bits: 384 | 512): Uint8Array {
  const view = padded(message, 128, false);
  const state = BigUint64Array.from(INITIAL64[bits]);
  const w = new BigUint64Array(80);
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(at + i * 8);
    for (let i = 16; i < 80; i++) {
      const x = w[i - 15] ?? 0n;
      const y = w[i - 2] ?? 0n;
      const s0 = r64(x, 1n) ^ r64(x, 8n) ^ (x >> 7n);
      const s1 = r64(y, 19n) ^ r64(y, 61n) ^ (y >> 6n);
      w[i] = (w[i - 16] ?? 0n) + s0 + (w[i - 7] ?? 0n) + s1;
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let i = 0; i < 80; i++) {
      const s1 = r64(e, 14n) ^ r64(e, 18n) ^ r64(e, 41n);
      const t1 = h + s1 + ((e & f) ^ (~e & MASK64 & g)) + (K64[i] ?? 0n) + (w[i] ?? 0n);
      const t2 = (r64(a, 28n) ^ r64(a, 34n) ^ r64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK64, c, b, a, (t1 + t2) & MASK64];
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0n) + value;
  }
  const out = new DataView(new ArrayBuffer(64));
  state.forEach((value, i) => out.setBigUint64(i * 8, value));
  return new Uint8Array(out.buffer, 0, bits / 8);
}
