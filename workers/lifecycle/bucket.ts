import { sha256Hex } from '../kit/digest.ts';

interface RemovedFiles {
  objects: number;
  bytes: number;
  /** SHA-256 over the sorted keys and etags, page by page: what exactly was removed can be compared with a listing. */
  digest: string;
}

/** Everything of a tenant in the bucket begins so, and nothing of others does. */
const bucketPrefix = (tenant: string): string => `t/${tenant}/`;

/** Deletes all keys of a tenant. Keys written meanwhile by what was still under way are found in a further round. */
export async function removeFiles(files: R2Bucket, tenant: string): Promise<RemovedFiles> {
  const removed: RemovedFiles = { objects: 0, bytes: 0, digest: '' };
  for (;;) {
    const page = await files.list({ prefix: bucketPrefix(tenant), limit: 1_000 });
    if (page.objects.length === 0) return removed;
    const lines = page.objects.map(({ key, etag, size }) => `${key} ${etag} ${size}`).join('\n');
    removed.digest = await sha256Hex(`${removed.digest}\n${lines}`);
    removed.objects += page.objects.length;
    removed.bytes += page.objects.reduce((sum, { size }) => sum + size, 0);
    await files.delete(page.objects.map(({ key }) => key));
  }
}
