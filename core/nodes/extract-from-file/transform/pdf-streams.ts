import { Unzlib } from 'fflate';
import { NodeError } from '../../../node/kit.ts';

/** What one stream of a document may unpack to, and all of them: the reader has no limits of its own. */
const MAX_STREAM_BYTES = 50 * 1024 * 1024;
const MAX_STREAMS_BYTES = 500 * 1024 * 1024;
/** What takes about a tenth of a second. */
const TURN_BYTES = 8 * 1024 * 1024;
/** Streams packed several times over. */
const MAX_DEPTH = 3;
const PIECE_BYTES = 16 * 1024;
const START = [...'stream'].map((char) => char.charCodeAt(0));
const END = [...'endstream'].map((char) => char.charCodeAt(0));

/** Refuses a document whose streams unpack to more than fits. @throws NodeError `unpacks-too-large`. */
export async function requireModestStreams(
  bytes: Uint8Array<ArrayBuffer>,
  breathe: () => Promise<void>,
): Promise<void> {
  let total = 0;
  let turns = 0;
  let at = 0;
  for (;;) {
    const word = indexOf(bytes, START, at);
    if (word < 0) return;
    let from = word + START.length;
    if (bytes[from] === 0x0d) from += 1;
    if (bytes[from] === 0x0a) from += 1;
    const end = indexOf(bytes, END, from);
    const content = bytes.subarray(from, end < 0 ? bytes.length : end);
    total += unpackedSize(content, 1);
    if (total > turns * TURN_BYTES) {
      turns = Math.floor(total / TURN_BYTES) + 1;
      await breathe();
    }
    if (total > MAX_STREAMS_BYTES) throw tooLarge();
    at = end < 0 ? bytes.length : end + END.length;
  }
}

const tooLarge = (): NodeError =>
  new NodeError('unpacks-too-large', 'This PDF unpacks to more than is allowed.', {
    description: `The limit is ${MAX_STREAM_BYTES / 1024 / 1024} MiB for one of its streams.`,
  });

function unpackedSize(content: Uint8Array<ArrayBuffer>, depth: number): number {
  if (isZlib(content)) return inflatedSize(content, depth);
  return startsWithClearCode(content) ? lzwSize(content) : 0;
}

const isZlib = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && first >> 4 <= 7 && ((first << 8) | second) % 31 === 0;

function inflatedSize(content: Uint8Array<ArrayBuffer>, depth: number): number {
  let size = 0;
  let first: Uint8Array | undefined;
  const pieces: Uint8Array[] = [];
  const stream = new Unzlib((piece) => {
    size += piece.length;
    if (size > MAX_STREAM_BYTES) throw tooLarge();
    first ??= piece.length > 0 ? piece : undefined;
    if (depth < MAX_DEPTH && first && (isZlib(first) || startsWithClearCode(first))) pieces.push(piece);
  });
  try {
    for (let at = 0; at < content.length; at += PIECE_BYTES) {
      stream.push(content.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= content.length);
    }
  } catch (error) {
    // Damaged streams are the reader's business; what came out counts.
    if (error instanceof NodeError) throw error;
  }
  return pieces.length === 0 ? size : size + unpackedSize(whole(pieces), depth + 1);
}

function whole(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    made.set(piece, at);
    at += piece.length;
  }
  return made;
}

/** LZW data begins with "clear the table": nine bits, 100000000. */
const startsWithClearCode = ([first = 0, second = 0]: Uint8Array): boolean => first === 0x80 && second < 0x80;

/** Length of what LZW codes stand for: each new entry is one longer than the code before. */
function lzwSize(content: Uint8Array): number {
  const lengths = new Uint32Array(4097);
  let [next, bits, size, previous] = [258, 9, 0, 0];
  let [buffer, held] = [0, 0];
  for (const byte of content) {
    buffer = ((buffer << 8) | byte) & 0xffffff;
    held += 8;
    if (held < bits) continue;
    held -= bits;
    const code = (buffer >> held) & ((1 << bits) - 1);
    if (code === 257) return size;
    if (code === 256) {
      [next, bits, previous] = [258, 9, 0];
      continue;
    }
    const length = code < 256 ? 1 : code < next ? (lengths[code] as number) : previous + 1;
    size += length;
    if (size > MAX_STREAM_BYTES) throw tooLarge();
    if (previous > 0 && next < 4096) lengths[next++] = previous + 1;
    previous = length;
    if (next + 1 >= 1 << bits && bits < 12) bits += 1;
  }
  return size;
}

function indexOf(bytes: Uint8Array, word: readonly number[], from: number): number {
  const [first = 0] = word;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (word.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}
