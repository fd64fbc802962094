/** In slices: spreading a long array as arguments overflows the stack. A multiple of 3, so that slices join. */
const SLICE = 3 * 2730;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += SLICE) text += btoa(String.fromCharCode(...bytes.subarray(at, at + SLICE)));
  return text;
}

/** Also url-safe alphabets, line breaks, missing padding and a data URL's head. @throws when it is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = text
    .replace(/^\s*data:[^,]*;base64,/i, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/\s+/g, '');
  const latin1 = atob(plain);
  const bytes = new Uint8Array(latin1.length);
  for (let at = 0; at < latin1.length; at++) bytes[at] = latin1.charCodeAt(at);
  return bytes;
}
