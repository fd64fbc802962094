import { NodeError } from '../../../node/kit.ts';
import { joined } from './inflate.ts';
import { type PackedFile, distinctNames, safePath } from './packed-file.ts';
import type { UnpackBudget } from './unpack-budget.ts';

const BLOCK_BYTES = 512;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;
const CHECKSUM_AT = 148;

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replace(/\0[^]*$/, '');

function octal(bytes: Uint8Array): number {
  const digits = text(bytes).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN;
}

/** Unpacks the regular files of a POSIX or GNU tar; links and devices are left out. */
export function untar(bytes: Uint8Array<ArrayBuffer>, budget: UnpackBudget): PackedFile[] {
  const files: PackedFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK_BYTES <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK_BYTES);
    if (header.every((byte) => byte === 0)) break;
    const size = octal(header.subarray(124, 136));
    const start = at + BLOCK_BYTES;
    if (!isHeader(header) || !Number.isFinite(size) || start + size > bytes.length) {
      throw new NodeError('bad-archive', 'This is not a readable tar file.');
    }
    const content = bytes.slice(start, start + size);
    at = start + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
    const type = String.fromCharCode(header[156] ?? 0);
    budget.takeFile();
    if (type === 'L') longName = text(content);
    else if (type === 'x') longName = pathOf(content) ?? longName;
    else {
      if (type === '0' || type === '\0' || type === '7') {
        files.push({ name: safePath(longName ?? nameOf(header)), bytes: content });
      }
      longName = undefined;
    }
  }
  return files;
}

export function isTar(bytes: Uint8Array): boolean {
  return (
    bytes.length >= BLOCK_BYTES &&
    text(bytes.subarray(257, 262)) === 'ustar' &&
    isHeader(bytes.subarray(0, BLOCK_BYTES))
  );
}

function nameOf(header: Uint8Array): string {
  const prefix = text(header.subarray(257, 262)) === 'ustar' ? text(header.subarray(345, 345 + PREFIX_BYTES)) : '';
  const name = text(header.subarray(0, NAME_BYTES));
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** The `path` record of an extended header. */
const pathOf = (content: Uint8Array): string | undefined => /^\d+ path=(.*)$/m.exec(text(content))?.[1];

const isHeader = (header: Uint8Array): boolean =>
  octal(header.subarray(CHECKSUM_AT, CHECKSUM_AT + 8)) === checksum(header);

/** Sum of the bytes with the sum's own field read as blanks. */
function checksum(header: Uint8Array): number {
  let sum = 8 * 32;
  header.forEach((byte, index) => {
    if (index < CHECKSUM_AT || index >= CHECKSUM_AT + 8) sum += byte;
  });
  return sum;
}

export function tar(files: readonly PackedFile[], nowMs: number): Uint8Array<ArrayBuffer> {
  const names = distinctNames(files.map(({ name }) => safePath(name)));
  const parts = files.flatMap(({ bytes }, index) => {
    const name = new TextEncoder().encode(names[index] as string);
    const long = name.length > NAME_BYTES ? [headerBlock('././@LongLink', name.length, nowMs, 'L'), padded(name)] : [];
    return [...long, headerBlock(names[index] as string, bytes.length, nowMs, '0'), padded(bytes)];
  });
  return joined([...parts, new Uint8Array(2 * BLOCK_BYTES)]);
}

function headerBlock(name: string, size: number, nowMs: number, type: string): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  const put = (value: string, at: number): void => block.set(new TextEncoder().encode(value), at);
  block.set(new TextEncoder().encode(name).subarray(0, NAME_BYTES));
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put(
    `${Math.floor(nowMs / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  );
  put(type, 156);
  put('ustar\x0000', 257);
  put(`${checksum(block).toString(8).padStart(6, '0')}\0 `, CHECKSUM_AT);
  return block;
}

function padded(bytes: Uint8Array): Uint8Array {
  const block = new Uint8Array(Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES);
  block.set(bytes);
  return block;
}
