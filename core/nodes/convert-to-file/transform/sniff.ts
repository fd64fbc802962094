/** First bytes, as latin-1 text (`?` is any byte), → media type. */
const MAGIC: readonly (readonly [string, string])[] = [
  ['\x89PNG\r\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF8', 'image/gif'],
  ['RIFF????WEBP', 'image/webp'],
  ['RIFF????WAVE', 'audio/wav'],
  ['BM????\0\0\0\0', 'image/bmp'],
  ['II*\0', 'image/tiff'],
  ['MM\0*', 'image/tiff'],
  ['%PDF-', 'application/pdf'],
  ['PK\x03\x04', 'application/zip'],
  ['\x1f\x8b\x08', 'application/gzip'],
  ['ID3', 'audio/mpeg'],
  ['\xff\xfb', 'audio/mpeg'],
  ['OggS', 'audio/ogg'],
  ['????ftyp', 'video/mp4'],
  ['\x1aE\xdf\xa3', 'video/webm'],
  ['{\\rtf', 'application/rtf'],
  ['<?xml', 'application/xml'],
];

/** Media type by what the bytes are; undefined when they say nothing. */
export function sniffedType(bytes: Uint8Array): string | undefined {
  const matches = (magic: string): boolean =>
    bytes.length >= magic.length && [...magic].every((char, at) => char === '?' || char.charCodeAt(0) === bytes[at]);
  return MAGIC.find(([magic]) => matches(magic))?.[1];
}
