/** A file of a tenant as listings show it. */
export interface StoredFile {
  path: string;
  sizeBytes: number;
  modifiedAtMs: number;
  /** Changes with the content. */
  etag: string;
}

/** Where a host keeps the files of one tenant. Paths have passed `tenantPath`. */
export interface TenantDisk {
  /** By path, ascending, those that begin with `prefix`. */
  list(prefix: string): AsyncIterable<StoredFile>;
  read(path: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; etag: string } | undefined>;
  /**
   * Replaces or makes a file. `ifEtag` only when it still has that content, null only when there is none; false when
   * that did not hold.
   */
  write(
    path: string,
    bytes: Uint8Array<ArrayBuffer>,
    how: { mimeType: string; ifEtag?: string | null },
  ): Promise<boolean>;
  /** False when there was none. */
  remove(path: string): Promise<boolean>;
}
