/** Values up to this long are remembered as they are. */
const MAX_PLAIN_CHARS = 48;

/** 53 bits of a text, by two multiplicative lanes that are mixed at the end. */
function bits53(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}

/**
 * A short name of a value, so that thousands fit into what a node may keep. Long values become their length and 106
 * bits, which do not meet by chance; somebody who chooses values on purpose could only make an item of theirs vanish.
 */
export function digest(value: string): string {
  if (value.length <= MAX_PLAIN_CHARS) return `=${value}`;
  return `#${value.length.toString(36)}.${bits53(value, 1).toString(36)}.${bits53(value, 2).toString(36)}`;
}
