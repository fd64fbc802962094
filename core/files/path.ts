import { NodeError } from '../node/kit.ts';

/** R2 keys have 1024 bytes, of which the tenant's prefix takes some. */
const MAX_PATH_BYTES = 800;
const CONTROL = /\p{Cc}/u;

/**
 * A path of n8n's (`/data/x.csv`, `./x.csv`, `d:\x.csv`) as a path among the tenant's files: relative, with `/`, no
 * empty parts. It cannot lead anywhere else: `..` is refused, not resolved. @throws NodeError `bad-path`.
 */
export function tenantPath(text: string): string {
  const parts = partsOf(text);
  if (parts.length === 0) throw badPath(text, 'name a file');
  return parts.join('/');
}

/** A path that may be empty: the folder of all files. */
export const tenantFolder = (text: string): string => partsOf(text).join('/');

function partsOf(text: string): string[] {
  const parts = text
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^[a-z]:/i, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw badPath(text, '".." is not allowed in it');
  if (CONTROL.test(text)) throw badPath(text, 'it holds control characters');
  if (new TextEncoder().encode(parts.join('/')).length > MAX_PATH_BYTES) throw badPath(text, 'it is too long');
  return parts;
}

const badPath = (text: string, why: string): NodeError =>
  new NodeError('bad-path', `${JSON.stringify(text.slice(0, 200))} is no path of a file: ${why}.`, {
    description: 'Files are the tenant’s own; a path is like reports/2026/march.csv.',
  });

/** `a/b.txt` → `b.txt`, and `a`. */
export function splitPath(path: string): { name: string; folder: string } {
  const at = path.lastIndexOf('/');
  return { name: path.slice(at + 1), folder: at < 0 ? '' : path.slice(0, at) };
}
