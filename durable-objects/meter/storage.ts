/** Listed in one go at most: some hundred thousand objects. A tenant with more is measured too low, never refused for it. */
const MAX_PAGES = 300;

/** Bytes of everything a tenant has in the bucket: files, values of runs, archives. */
export async function storedBytes(files: R2Bucket, tenant: string): Promise<number> {
  let bytes = 0;
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const found = await files.list({ prefix: `t/${tenant}/`, ...(cursor === undefined ? {} : { cursor }) });
    for (const { size } of found.objects) bytes += size;
    if (!found.truncated) break;
    cursor = found.cursor;
  }
  return bytes;
}
