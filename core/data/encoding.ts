/** Names that files use for encodings → labels of the platform's decoder, where they differ. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['utf8', 'utf-8'],
  ['utf16', 'utf-16le'],
  ['utf16le', 'utf-16le'],
  ['ucs2', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['latin1', 'windows-1252'],
  ['binary', 'windows-1252'],
  ['ascii', 'windows-1252'],
  ['big5hkscs', 'big5'],
  ['cp936', 'gbk'],
  ['gb2312', 'gbk'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['cp932', 'shift_jis'],
  ['shiftjis', 'shift_jis'],
  ['eucjp', 'euc-jp'],
  ['euckr', 'euc-kr'],
  ['koi8r', 'koi8-r'],
  ['koi8u', 'koi8-u'],
  ['maccyrillic', 'x-mac-cyrillic'],
]);

function labelOf(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const known = LABELS.get(plain);
  if (known !== undefined) return known;
  const windows = /^(?:win|cp|windows)(125\d|874)$/.exec(plain)?.[1];
  if (windows !== undefined) return `windows-${windows}`;
  const iso = /^iso8859(\d{1,2})$/.exec(plain)?.[1];
  return iso === undefined ? name : `iso-8859-${iso}`;
}

/** @throws RangeError when the name is no encoding. `keepBom` leaves a byte order mark in the text. */
export function decodeText(bytes: Uint8Array<ArrayBuffer>, encoding: string, keepBom = false): string {
  return new TextDecoder(labelOf(encoding || 'utf-8'), { ignoreBOM: keepBom }).decode(bytes);
}

/** @throws RangeError when the encoding is unknown or cannot be written. Characters it lacks become `?`. */
export function encodeText(text: string, encoding: string): Uint8Array<ArrayBuffer> {
  const label = labelOf(encoding || 'utf-8');
  if (label === 'utf-8') return new TextEncoder().encode(text);
  if (label === 'utf-16le' || label === 'utf-16be') {
    const view = new DataView(new ArrayBuffer(text.length * 2));
    for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), label === 'utf-16le');
    return new Uint8Array(view.buffer);
  }
  const codes = singleByteCodes(label);
  return Uint8Array.from(text, (char) => codes.get(char) ?? 0x3f);
}

/** The platform only decodes: what each byte means says how to write it. */
function singleByteCodes(label: string): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  const decoder = new TextDecoder(label);
  for (let byte = 0; byte < 256; byte++) {
    const char = decoder.decode(Uint8Array.of(byte));
    if (char.length === 1 && char !== '\ufffd') codes.set(char, byte);
  }
  // Multi-byte encodings have no meaning for most bytes alone.
  if (codes.size < 200) throw new RangeError(`${label} can be read, but not written.`);
  return codes;
}
