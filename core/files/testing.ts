import type { StoredFile, TenantDisk } from './disk.ts';

/** A disk in memory; the tag of a file is its content. */
export class MemoryDisk implements TenantDisk {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();

  put(path: string, text: string): void {
    this.files.set(path, new TextEncoder().encode(text));
  }

  text(path: string): string | undefined {
    const bytes = this.files.get(path);
    return bytes && new TextDecoder().decode(bytes);
  }

  async *list(prefix: string): AsyncGenerator<StoredFile> {
    for (const [path, bytes] of [...this.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (path.startsWith(prefix)) yield { path, sizeBytes: bytes.length, modifiedAtMs: 0, etag: bytes.join('.') };
    }
  }

  async read(path: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; etag: string } | undefined> {
    const bytes = this.files.get(path);
    return bytes && { bytes, etag: bytes.join('.') };
  }

  async write(
    path: string,
    bytes: Uint8Array<ArrayBuffer>,
    { ifEtag }: { mimeType: string; ifEtag?: string | null },
  ): Promise<boolean> {
    if (ifEtag !== undefined && (this.files.get(path)?.join('.') ?? null) !== ifEtag) return false;
    this.files.set(path, bytes);
    return true;
  }

  async remove(path: string): Promise<boolean> {
    return this.files.delete(path);
  }
}
