import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StoredFile, TenantDisk } from '../../../core/files/disk.ts';

const missing = (error: unknown): undefined => {
  if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
  throw error;
};

/**
 * Files of a local run: one folder of this machine stands for the tenant's. Paths have passed `tenantPath`; links are
 * not followed, so that nothing in the folder leads out of it.
 */
export function folderDisk(folder: string): TenantDisk {
  const place = async (path: string): Promise<string | undefined> => {
    let at = folder;
    for (const part of path.split('/')) {
      at = join(at, part);
      const about = await lstat(at).catch(missing);
      if (about?.isSymbolicLink()) return undefined;
    }
    return at;
  };
  const read = async (path: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; etag: string } | undefined> => {
    const at = await place(path);
    const content = at === undefined ? undefined : await readFile(at).catch(missing);
    if (!content) return undefined;
    return { bytes: new Uint8Array(content), etag: createHash('sha256').update(content).digest('hex') };
  };
  return {
    async *list(prefix) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(missing);
      const paths = (entries ?? [])
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
        )
        .filter((path) => path.startsWith(prefix))
        .sort();
      for (const path of paths) {
        const about = await lstat(join(folder, path));
        const etag = `${about.mtimeMs}-${about.size}`;
        yield { path, sizeBytes: about.size, modifiedAtMs: about.mtimeMs, etag } satisfies StoredFile;
      }
    },
    read,
    async write(path, bytes, { ifEtag }) {
      if (ifEtag !== undefined && ((await read(path))?.etag ?? null) !== ifEtag) return false;
      const at = await place(path);
      if (at === undefined) throw new Error(`"${path}" leads through a link.`);
      await mkdir(dirname(at), { recursive: true });
      await writeFile(at, bytes);
      return true;
    },
    async remove(path) {
      const at = await place(path);
      if (at === undefined || !(await lstat(at).catch(missing))?.isFile()) return false;
      await rm(at);
      return true;
    },
  };
}
