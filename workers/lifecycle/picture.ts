const starts = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((char, index) => bytes[at + index] === char.charCodeAt(0));

/** The type of a picture by its first bytes, of those that cannot carry a script; undefined for anything else. */
export function pictureType(bytes: Uint8Array): string | undefined {
  if (starts(bytes, '\u0089PNG\r\n\u001a\n')) return 'image/png';
  if (starts(bytes, '\u00ff\u00d8\u00ff')) return 'image/jpeg';
  if (starts(bytes, 'GIF87a') || starts(bytes, 'GIF89a')) return 'image/gif';
  if (starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8)) return 'image/webp';
  return undefined;
}
