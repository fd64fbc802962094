/** UTF-8; lone surrogates become U+FFFD as everywhere else. */
export function utf8(text: string): Uint8Array {
  const out: number[] = [];
  for (const char of text) {
    let code = char.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(out);
}

/** Continuation bytes after a first byte; -1 when no sequence starts with it. */
function continuations(first: number): number {
  if (first < 0x80) return 0;
  if (first < 0xc2 || first > 0xf4) return -1;
  return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
}

/** Range of the second byte: it excludes overlong forms, surrogates and what is above U+10FFFF. */
const LOWEST_SECOND = new Map([
  [0xe0, 0xa0],
  [0xf0, 0x90],
]);
const HIGHEST_SECOND = new Map([
  [0xed, 0x9f],
  [0xf4, 0x8f],
]);

/** Each malformed part becomes one U+FFFD, cut as the Encoding Standard says. */
export function fromUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i] ?? 0;
    const extra = continuations(first);
    let code = extra <= 0 ? first : first & (0x3f >> extra);
    let used = 1;
    for (; used <= extra; used++) {
      const next = bytes[i + used] ?? 0;
      const low = used === 1 ? (LOWEST_SECOND.get(first) ?? 0x80) : 0x80;
      const high = used === 1 ? (HIGHEST_SECOND.get(first) ?? 0xbf) : 0xbf;
      if (next < low || next > high) break;
      code = (code << 6) | (next & 63);
    }
    parts.push(used === extra + 1 ? String.fromCodePoint(code) : '\ufffd');
    i += used;
  }
  return parts.join('');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const left = bytes.length - i;
    parts.push(
      ALPHABET.charAt(a >> 2) +
        ALPHABET.charAt(((a & 3) << 4) | (b >> 4)) +
        (left > 1 ? ALPHABET.charAt(((b & 15) << 2) | (c >> 6)) : '=') +
        (left > 2 ? ALPHABET.charAt(c & 63) : '='),
    );
  }
  return parts.join('');
}

/** Both alphabets; anything else is skipped. */
export function fromBase64(text: string): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text) {
    if (char === '=') break;
    const value = ALPHABET.indexOf(char === '-' ? '+' : char === '_' ? '/' : char);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push((bits >> held) & 255);
    }
  }
  return Uint8Array.from(out);
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Message, 0x80, zeros, bit length: the padding of MD5 and SHA-2. */
export function padded(message: Uint8Array, block: 64 | 128, littleEndian: boolean): DataView {
  const lengthBytes = block / 8;
  const total = Math.ceil((message.length + 1 + lengthBytes) / block) * block;
  const out = new Uint8Array(total);
  out.set(message);
  out[message.length] = 0x80;
  const view = new DataView(out.buffer);
  view.setBigUint64(total - 8, BigInt(message.length) * 8n, littleEndian);
  return view;
}
