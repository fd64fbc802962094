import type { StoredFile, TenantDisk } from '../../core/files/disk.ts';
import { mediaTypeOf } from '../../core/data/media-types.ts';
import { MAX_FILE_BYTES } from '../../core/node/file-limits.ts';
import { NodeError } from '../../core/node/kit.ts';

interface ListedObject {
  key: string;
  size: number;
  etag: string;
  uploaded: Date;
}

/** The part of an R2 bucket that a disk needs. */
export interface DiskBucket {
  get(key: string): Promise<{ size: number; etag: string; arrayBuffer(): Promise<ArrayBuffer> } | null>;
  head(key: string): Promise<unknown>;
  put(
    key: string,
    value: ArrayBuffer | Uint8Array,
    options?: {
      httpMetadata?: { contentType?: string };
      onlyIf?: { etagMatches?: string; etagDoesNotMatch?: string };
    },
  ): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  list(options: {
    prefix: string;
    cursor?: string;
    limit?: number;
    startAfter?: string;
  }): Promise<{ objects: ListedObject[]; truncated: boolean; cursor?: string }>;
}

/** All keys of a tenant's own files begin with it; nothing else does. */
export const filesPrefix = (tenant: string): string => `t/${tenant}/files/`;

export const storedFile = (object: ListedObject, prefix: string): StoredFile => ({
  path: object.key.slice(prefix.length),
  sizeBytes: object.size,
  modifiedAtMs: object.uploaded.getTime(),
  etag: object.etag,
});

/** The files of one tenant in R2. `room` is asked before a file is written, and throws when there is none. */
export function r2Disk(bucket: DiskBucket, tenant: string, room?: (bytes: number) => Promise<void>): TenantDisk {
  const prefix = filesPrefix(tenant);
  return {
    async *list(from) {
      let cursor: string | undefined;
      do {
        const page = await bucket.list({ prefix: prefix + from, ...(cursor === undefined ? {} : { cursor }) });
        for (const object of page.objects) yield storedFile(object, prefix);
        cursor = page.truncated ? page.cursor : undefined;
      } while (cursor !== undefined);
    },
    async read(path) {
      const object = await bucket.get(prefix + path);
      if (!object) return undefined;
      if (object.size > MAX_FILE_BYTES) {
        throw new NodeError('file-too-large', `"${path}" is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB.`);
      }
      return { bytes: new Uint8Array(await object.arrayBuffer()), etag: object.etag };
    },
    async write(path, bytes, { mimeType, ifEtag }) {
      const condition =
        ifEtag === undefined ? {} : { onlyIf: ifEtag === null ? { etagDoesNotMatch: '*' } : { etagMatches: ifEtag } };
      await room?.(bytes.length);
      const contentType = mimeType || mediaTypeOf(path);
      return (await bucket.put(prefix + path, bytes, { httpMetadata: { contentType }, ...condition })) !== null;
    },
    async remove(path) {
      if (!(await bucket.head(prefix + path))) return false;
      await bucket.delete(prefix + path);
      return true;
    },
  };
}
