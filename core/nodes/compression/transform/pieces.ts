/** What takes about a tenth of a second to pack. */
const PIECE_BYTES = 2 * 1024 * 1024;

/** Hands bytes over piece by piece, with a breath after each. */
export async function pushInPieces(
  bytes: Uint8Array<ArrayBuffer>,
  how: { breathe: () => Promise<void>; push: (piece: Uint8Array<ArrayBuffer>, final: boolean) => void },
): Promise<void> {
  for (let at = 0; at < bytes.length || at === 0; at += PIECE_BYTES) {
    const end = at + PIECE_BYTES;
    how.push(bytes.subarray(at, end), end >= bytes.length);
    if (end < bytes.length) await how.breathe();
  }
}
