import { padded } from './bytes.ts';

/** Which word each step takes: a digit of base 16 a step, a text a round. */
const LEFT = ['0123456789abcdef', '74d1a6f3c0952eb8', '3ae49f812706db5c', '19ba08c4d37fe562', '40597c2ae138b6fd'];
const RIGHT = ['5e7092b4d6f81a3c', '6b370d5aef8c4912', 'f5137e69b8c2a04d', '86413bf05c2d97ae', 'cfa4158762de039b'];
const LEFT_SHIFTS = [
  'befc5879bdef6798',
  '768db97f7cf9b7dc',
  'bd67e9dfe8d65c75',
  'bcefef989e56865c',
  '9f5b68dc5cdeb856',
];
const RIGHT_SHIFTS = [
  '899bdff5778beec6',
  '9df7c89b77c76fdb',
  '97fb866ecd5edd75',
  'f58bee6e69c9c5f8',
  '85c9c5e68d65fdbb',
];
const LEFT_SUMS = [0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e];
const RIGHT_SUMS = [0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0];

const digit = (text: string | undefined, at: number): number => Number.parseInt(text?.[at] ?? '0', 16);
const rotate = (x: number, n: number): number => (x << n) | (x >>> (32 - n));

function mix(round: number, b: number, c: number, d: number): number {
  switch (round) {
    case 0:
      return b ^ c ^ d;
    case 1:
      return (b & c) | (~b & d);
    case 2:
      return (b | ~c) ^ d;
    case 3:
      return (b & d) | (c & ~d);
    default:
      return b ^ (c | ~d);
  }
}

interface Line {
  words: readonly string[];
  shifts: readonly string[];
  sums: readonly number[];
  /** The right line takes the mixing functions backwards. */
  backwards: boolean;
}
const LINES: readonly Line[] = [
  { words: LEFT, shifts: LEFT_SHIFTS, sums: LEFT_SUMS, backwards: false },
  { words: RIGHT, shifts: RIGHT_SHIFTS, sums: RIGHT_SUMS, backwards: true },
];

function run({ words, shifts, sums, backwards }: Line, block: Int32Array, state: Int32Array): number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let i = 0; i < 80; i++) {
    const round = i >> 4;
    const word = block[digit(words[round], i & 15)] ?? 0;
    const sum = (a + mix(backwards ? 4 - round : round, b, c, d) + word + (sums[round] ?? 0)) | 0;
    const next = (rotate(sum, digit(shifts[round], i & 15)) + e) | 0;
    a = e;
    e = d;
    d = rotate(c, 10);
    c = b;
    b = next;
  }
  return [a, b, c, d, e];
}

/** RIPEMD-160 (Dobbertin, Bosselaers, Preneel 1996). */
export function ripemd160(message: Uint8Array): Uint8Array {
  const view = padded(message, 64, true);
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const block = new Int32Array(16);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) block[i] = view.getInt32(at + i * 4, true);
    const [left = [], right = []] = LINES.map((line) => run(line, block, state));
    const old = state.slice();
    for (let i = 0; i < 5; i++) {
      state[i] = (old[(i + 1) % 5] ?? 0) + (left[(i + 2) % 5] ?? 0) + (right[(i + 3) % 5] ?? 0);
    }
  }
  const out = new DataView(new ArrayBuffer(20));
  state.forEach((value, i) => out.setInt32(i * 4, value, true));
  return new Uint8Array(out.buffer);
}
