// Miniflare lets its sockets take the whole of `request.cf` from a header, which on a public socket anybody could send.
// Without that setting workerd fills in who is calling, from the connection itself. Miniflare has no option for it, so
// the pointer to the header's name is cleared in the finished configuration (capnproto.org/encoding.html).

const POINTER_LIST = 1n;
const BYTE_ELEMENTS = 2n;

/** Where the segments of a message begin and end, in bytes. */
function segmentsOf(message: DataView): [from: number, to: number][] {
  const count = message.getUint32(0, true) + 1;
  let from = Math.ceil((4 + count * 4) / 8) * 8;
  return Array.from({ length: count }, (_, index): [number, number] => {
    const start = from;
    from += message.getUint32(4 + index * 4, true) * 8;
    return [start, from];
  });
}

/** Clears every pointer to this text: the field is then as if it had never been set. Returns how many there were. */
export function unsetText(bytes: Uint8Array, text: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wanted = new TextEncoder().encode(`${text}\0`);
  let cleared = 0;
  for (const [from, to] of segmentsOf(view)) {
    for (let at = from; at + 8 <= to; at += 8) {
      const word = view.getBigUint64(at, true);
      const isText = (word & 3n) === POINTER_LIST && ((word >> 32n) & 7n) === BYTE_ELEMENTS;
      if (!isText || Number(word >> 35n) !== wanted.length) continue;
      const target = at + 8 + (Number(BigInt.asIntN(32, word)) >> 2) * 8;
      if (target < from || target + wanted.length > to) continue;
      if (wanted.some((byte, index) => bytes[target + index] !== byte)) continue;
      view.setBigUint64(at, 0n, true);
      cleared++;
    }
  }
  return cleared;
}
