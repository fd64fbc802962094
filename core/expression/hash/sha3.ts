const MASK = (1n << 64n) - 1n;
const rotate = (x: bigint, n: number): bigint => {
  const by = BigInt(n % 64);
  return by === 0n ? x : ((x << by) | (x >> (64n - by))) & MASK;
};

/** Round constants come from the LFSR of FIPS 202 §3.2.5. */
const ROUNDS: bigint[] = (() => {
  let lfsr = 1;
  return Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let j = 0; j < 7; j++) {
      if (lfsr & 1) constant |= 1n << ((1n << BigInt(j)) - 1n);
      lfsr = (lfsr << 1) ^ (lfsr & 0x80 ? 0x171 : 0);
    }
    return constant;
  });
})();

function permute(lanes: bigint[]): void {
  const lane = (i: number): bigint => lanes[i] ?? 0n;
  for (const constant of ROUNDS) {
    const columns = [0, 1, 2, 3, 4].map((x) => lane(x) ^ lane(x + 5) ^ lane(x + 10) ^ lane(x + 15) ^ lane(x + 20));
    for (let i = 0; i < 25; i++) {
      const x = i % 5;
      lanes[i] = lane(i) ^ (columns[(x + 4) % 5] ?? 0n) ^ rotate(columns[(x + 1) % 5] ?? 0n, 1);
    }
    let [x, y] = [1, 0];
    let moved = lane(1);
    for (let t = 0; t < 24; t++) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      const at = x + 5 * y;
      const next = lane(at);
      lanes[at] = rotate(moved, ((t + 1) * (t + 2)) / 2);
      moved = next;
    }
    for (let row = 0; row < 25; row += 5) {
      const old = lanes.slice(row, row + 5);
      for (let i = 0; i < 5; i++) {
        lanes[row + i] = (old[i] ?? 0n) ^ (~(old[(i + 1) % 5] ?? 0n) & MASK & (old[(i + 2) % 5] ?? 0n));
      }
    }
    lanes[0] = lane(0) ^ constant;
  }
}

/** FIPS 202 SHA3-256, SHA3-384, SHA3-512. */
export function sha3(message: Uint8Array, bits: 256 | 384 | 512 = 512): Uint8Array {
  const rate = 200 - bits / 4;
  const padded = new Uint8Array((Math.floor(message.length / rate) + 1) * rate);
  padded.set(message);
  padded[message.length] = 0x06;
  padded[padded.length - 1] = (padded[padded.length - 1] ?? 0) | 0x80;
  const view = new DataView(padded.buffer);
  const lanes: bigint[] = Array.from({ length: 25 }, () => 0n);
  for (let at = 0; at < padded.length; at += rate) {
    for (let i = 0; i < rate / 8; i++) lanes[i] = (lanes[i] ?? 0n) ^ view.getBigUint64(at + i * 8, true);
    permute(lanes);
  }
  const out = new DataView(new ArrayBuffer(bits / 8));
  for (let i = 0; i < bits / 64; i++) out.setBigUint64(i * 8, lanes[i] ?? 0n, true);
  return new Uint8Array(out.buffer);
}
