import { NodeError } from '../../../node/kit.ts';

export type ImageFormat = 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp' | 'tiff';

export interface Header {
  format: ImageFormat;
  width: number;
  height: number;
}

/** Format and size as the file says, without decoding it: a bomb is known before it goes off. */
export function headerOf(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const header = readHeader(bytes, view);
    if (header && header.width > 0 && header.height > 0) return header;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new NodeError('bad-image', 'This file is no readable image.', {
    description: 'Supported are PNG, JPEG, GIF, WebP, BMP and TIFF.',
  });
}

function readHeader(bytes: Uint8Array, view: DataView): Header | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, 16));
  if (text.startsWith('\x89PNG\r\n')) return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  if (text.startsWith('GIF8')) {
    return { format: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (text.startsWith('BM')) {
    const height = Math.abs(view.getInt32(22, true));
    return { format: 'bmp', width: Math.abs(view.getInt32(18, true)), height };
  }
  if (text.startsWith('\xff\xd8')) return jpeg(view);
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return webp(text.slice(12, 16), view);
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return tiff(view, text.startsWith('II'));
  return undefined;
}

function jpeg(view: DataView): Header | undefined {
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    // Fill bytes, and markers without a length.
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd8) || marker === 1) at += marker === 0xff ? 1 : 2;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { format: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else at += 2 + view.getUint16(at + 2);
  }
}

function webp(kind: string, view: DataView): Header | undefined {
  if (kind === 'VP8 ') {
    const size = (at: number): number => view.getUint16(at, true) & 0x3fff;
    return { format: 'webp', width: size(26), height: size(28) };
  }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { format: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const size = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  return kind === 'VP8X' ? { format: 'webp', width: size(24), height: size(27) } : undefined;
}

function tiff(view: DataView, little: boolean): Header {
  const start = view.getUint32(4, little);
  const made: Header = { format: 'tiff', width: 0, height: 0 };
  for (let entry = 0; entry < view.getUint16(start, little); entry++) {
    const at = start + 2 + entry * 12;
    const isShort = view.getUint16(at + 2, little) === 3;
    const value = isShort ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little);
    const tag = view.getUint16(at, little);
    if (tag === 256) made.width = value;
    if (tag === 257) made.height = value;
  }
  return made;
}
