import { distinct } from '../../../data/distinct.ts';

/** One file of an archive. */
export interface PackedFile {
  /** As a relative path: what an archive says is not trusted to stay inside a folder. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** `../../etc/passwd`, `C:\x`, `/a//b` → a path that stays where it is put. */
export function safePath(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/^[a-z]:/i, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.join('/') || 'file';
}

/** Names that can stand in one archive: a repeated one gets a number before its extension. */
export const distinctNames = (names: readonly string[]): string[] =>
  distinct(names, (name, n) => name.replace(/(\.[^./]+)?$/, (extension) => `_${n}${extension}`));
