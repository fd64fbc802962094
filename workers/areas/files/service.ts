import { mediaTypeOf } from '../../../core/data/media-types.ts';
import type { TenantDisk } from '../../../core/files/disk.ts';
import { tenantPath } from '../../../core/files/path.ts';
import { isNodeError } from '../../../core/node/transform.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';
import type { StoredFile } from './contract.ts';
import type { Shelf } from './shelf.ts';

const problem = problemsOf(errors);

/** What the service may use; index.ts wires it. */
interface FilesPorts {
  disk: TenantDisk;
  shelf: Shelf;
}

/** A caller's path among the tenant's files. @throws Problem `path-invalid`. */
function pathOf(text: string): string {
  try {
    return tenantPath(text);
  } catch (error) {
    if (!isNodeError(error)) throw error;
    throw problem('path-invalid', { detail: error.message, hint: 'Write it like reports/2026/march.csv.' });
  }
}

/** The path a page ended with. */
function lastIn(cursor: string): string {
  const last = readCursor(cursor);
  if (typeof last === 'string') return last;
  throw problem('cursor-invalid', { hint: 'Give back the cursor of the page before, unchanged.' });
}

const unknown = (path: string) =>
  problem('file-unknown', {
    detail: `No file ${JSON.stringify(path)}.`,
    hint: 'GET /v1/files lists the files there are.',
  });

/** @throws Problem `storage-full`. */
async function written(disk: TenantDisk, ...file: Parameters<TenantDisk['write']>): Promise<boolean> {
  try {
    return await disk.write(...file);
  } catch (error) {
    if (!isNodeError(error) || error.code !== 'storage-full') throw error;
    throw problem('storage-full', { detail: error.message, hint: 'GET /v1/usage shows how much there is.' });
  }
}

export function filesService({ disk, shelf }: FilesPorts) {
  return {
    async list(query: { prefix?: string | undefined; limit: number; cursor?: string | undefined }) {
      const prefix = query.prefix === undefined || query.prefix === '' ? '' : pathOf(query.prefix);
      // `reports/` means the folder, not everything whose name begins so.
      const exact = prefix !== '' && /[/\\]$/.test(query.prefix ?? '') ? `${prefix}/` : prefix;
      const last = query.cursor === undefined ? undefined : lastIn(query.cursor);
      const { files, cursor } = await shelf.page(exact, { limit: query.limit, cursor: last });
      const shown = files.map(({ path, sizeBytes, modifiedAtMs, etag }): StoredFile => {
        return { path, sizeBytes, mimeType: mediaTypeOf(path), modifiedAt: modifiedAtMs, etag };
      });
      return cursor === undefined ? { files: shown } : { files: shown, cursor: writeCursor(cursor) };
    },
    async download(text: string): Promise<{ path: string; bytes: Uint8Array<ArrayBuffer>; etag: string }> {
      const path = pathOf(text);
      try {
        const found = await disk.read(path);
        if (found) return { path, ...found };
      } catch (error) {
        if (isNodeError(error)) throw problem('file-too-large', { detail: error.message });
        throw error;
      }
      throw unknown(path);
    },
    async upload(text: string, bytes: Uint8Array<ArrayBuffer>, expected: string | undefined) {
      const path = pathOf(text);
      const mimeType = mediaTypeOf(path);
      const condition = expected === undefined ? {} : { ifEtag: expected === 'none' ? null : expected };
      if (!(await written(disk, path, bytes, { mimeType, ...condition }))) {
        throw problem('file-changed', { hint: 'GET /v1/files shows its present etag.' });
      }
      return { path, sizeBytes: bytes.length, mimeType };
    },
    async remove(text: string): Promise<string> {
      const path = pathOf(text);
      if (!(await disk.remove(path))) throw unknown(path);
      return path;
    },
  };
}
