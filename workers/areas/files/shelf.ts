import type { StoredFile } from '../../../core/files/disk.ts';
import { type DiskBucket, filesPrefix, storedFile } from '../../files/r2-disk.ts';

/** Listing in pages. */
export interface Shelf {
  page(
    prefix: string,
    how: { limit: number; cursor?: string | undefined },
  ): Promise<{ files: StoredFile[]; cursor?: string }>;
}

/** Made for one tenant; the cursor is the last path, so one of another tenant leads nowhere. */
export function r2Shelf(bucket: DiskBucket, tenant: string): Shelf {
  const mine = filesPrefix(tenant);
  return {
    async page(prefix, { limit, cursor }) {
      const startAfter = cursor === undefined ? {} : { startAfter: mine + cursor };
      const { objects, truncated } = await bucket.list({ prefix: mine + prefix, limit, ...startAfter });
      const files = objects.map((object) => storedFile(object, mine));
      const last = files.at(-1)?.path;
      return truncated && last !== undefined ? { files, cursor: last } : { files };
    },
  };
}
