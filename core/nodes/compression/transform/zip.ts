import { Zip, ZipDeflate } from 'fflate';
import { NodeError } from '../../../node/kit.ts';
import type { TransformContext } from '../../../node/transform.ts';
import { inflate, joined } from './inflate.ts';
import { pushInPieces } from './pieces.ts';
import { type PackedFile, distinctNames, safePath } from './packed-file.ts';
import type { UnpackBudget } from './unpack-budget.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
/** Sizes that say "look into the zip64 field". */
const ELSEWHERE = 0xffffffff;

const bad = (why: string): NodeError => new NodeError('bad-archive', `This is not a readable zip file: ${why}.`);

/**
 * Unpacks by the central directory, as the sizes in the local headers may be missing or made up.
 * `keep: false` only asks the budget: spreadsheets are zip files too, and their readers have no limits of ours.
 */
export async function unzip(
  bytes: Uint8Array<ArrayBuffer>,
  budget: UnpackBudget,
  { keep = true }: { keep?: boolean } = {},
): Promise<PackedFile[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const files: PackedFile[] = [];
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      throw bad('its directory is cut');
    }
    const entry = {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packedSize: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    };
    const nameSize = view.getUint16(at + 28, true);
    const name = nameOf(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameSize));
    at += ENTRY_BYTES + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    budget.takeFile();
    if (name.endsWith('/')) continue;
    if ((entry.flags & ENCRYPTED_FLAG) !== 0) {
      throw new NodeError(
        'encrypted-archive',
        `'${name}' is encrypted. Only zip files without a password can be read.`,
      );
    }
    const packed = packedBytes(view, bytes, entry);
    const content = await unpacked(packed, { name, method: entry.method, budget, keep });
    if (keep) files.push({ name: safePath(name), bytes: content });
  }
  return files;
}

function endOfDirectory(view: DataView): number {
  // A comment of up to 64 KiB may follow.
  for (let at = view.byteLength - END_BYTES; at >= Math.max(0, view.byteLength - END_BYTES - 0xffff); at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw bad('it has no directory');
}

function packedBytes(
  view: DataView,
  bytes: Uint8Array<ArrayBuffer>,
  entry: { packedSize: number; offset: number },
): Uint8Array<ArrayBuffer> {
  const { packedSize, offset } = entry;
  if (packedSize === ELSEWHERE || offset === ELSEWHERE) throw bad('zip64 is not supported');
  if (offset + LOCAL_BYTES > bytes.length || view.getUint32(offset, true) !== LOCAL_ENTRY) {
    throw bad('an entry is missing');
  }
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packedSize > bytes.length) throw bad('an entry is cut');
  return bytes.subarray(start, start + packedSize);
}

async function unpacked(
  packed: Uint8Array<ArrayBuffer>,
  how: { name: string; method: number; budget: UnpackBudget; keep: boolean },
): Promise<Uint8Array<ArrayBuffer>> {
  if (how.method === DEFLATED) return inflate(packed, { format: 'deflate', budget: how.budget, keep: how.keep });
  if (how.method !== STORED) throw bad(`'${how.name}' uses compression method ${how.method}`);
  how.budget.takeBytes(packed.length);
  return packed.slice();
}

function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** Packs files; the same files at the same time make the same bytes. */
export async function zip(
  files: readonly PackedFile[],
  { nowMs, breathe }: TransformContext,
): Promise<Uint8Array<ArrayBuffer>> {
  const names = distinctNames(files.map(({ name }) => safePath(name)));
  const pieces: Uint8Array[] = [];
  // Not zipSync: it takes an object, in which a file named `__proto__` is lost.
  const archive = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  for (const [index, { bytes }] of files.entries()) {
    const entry = new ZipDeflate(names[index] as string, { level: 6 });
    entry.mtime = nowMs;
    archive.add(entry);
    await pushInPieces(bytes, { breathe, push: (piece, final) => entry.push(piece, final) });
  }
  archive.end();
  return joined(pieces);
}
