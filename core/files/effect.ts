import type { BinaryRef } from '../data/item.ts';
import { mediaTypeOf } from '../data/media-types.ts';
import { MAX_FILE_BYTES } from '../node/file-limits.ts';
import { NodeError } from '../node/kit.ts';
import { type FileStore, isNodeError, readBounded } from '../node/transform.ts';
import type { StoredFile, TenantDisk } from './disk.ts';
import { globOf, isGlob } from './glob.ts';
import { splitPath, tenantFolder, tenantPath } from './path.ts';

/** Files one pattern may give. */
export const MAX_MATCHES = 1_000;
/** What one pattern's files may add up to. */
const MAX_MATCHED_BYTES = 200 * 1024 * 1024;
const MAX_LISTED = 50_000;
/** Somebody else writes to the same file all the time. */
const MAX_APPEND_ATTEMPTS = 5;

export type FilesCall =
  | { op: 'read'; itemIndex: number; selector: string; mustExist: boolean }
  | { op: 'write'; itemIndex: number; path: string; file: BinaryRef; append: boolean }
  /** Every file below a folder, or one. */
  | { op: 'list'; itemIndex: number; path: string };

/** Payload of an effect of kind `tenant-files`. */
export interface FilesPayload {
  calls: FilesCall[];
  continueOnFail: boolean;
}

export type FilesResult =
  | {
      ok: true;
      itemIndex: number;
      files: { path: string; sizeBytes: number; file?: BinaryRef; modifiedAtMs?: number; etag?: string }[];
    }
  | { ok: false; itemIndex: number; error: { code: string; message: string } };

export interface FilesReplyValue {
  results: FilesResult[];
}

/** Does the calls of one effect on a host's disk; `store` is where files of items live. Throws as `runTransform` does. */
export async function runFilesCalls(
  payload: FilesPayload,
  disk: TenantDisk,
  store: FileStore,
): Promise<FilesReplyValue> {
  const results: FilesResult[] = [];
  for (const call of payload.calls) {
    const { itemIndex } = call;
    try {
      results.push({ ok: true, itemIndex, files: await filesOf(call, disk, store) });
    } catch (error) {
      if (!isNodeError(error)) throw error;
      const { code, message, description } = error;
      if (!payload.continueOnFail) {
        throw new NodeError(code, message, { itemIndex, ...(description === undefined ? {} : { description }) });
      }
      results.push({ ok: false, itemIndex, error: { code, message } });
    }
  }
  return { results };
}

type Found = (FilesResult & { ok: true })['files'];

async function filesOf(call: FilesCall, disk: TenantDisk, store: FileStore): Promise<Found> {
  switch (call.op) {
    case 'read':
      return read(call, disk, store);
    case 'write':
      return [await write(call, disk, store)];
    case 'list':
      return await below(tenantFolder(call.path), disk);
  }
}

async function read(call: FilesCall & { op: 'read' }, disk: TenantDisk, store: FileStore): Promise<Found> {
  const wanted = tenantPath(call.selector);
  const paths = isGlob(wanted) ? await matching(wanted, disk) : [wanted];
  const found: Found = [];
  for (const path of paths) {
    const stored = await disk.read(path);
    if (!stored) {
      if (call.mustExist) throw new NodeError('file-missing', `There is no file "${path}".`);
      continue;
    }
    const { bytes } = stored;
    if (bytes.length > MAX_FILE_BYTES) throw tooLarge(path);
    const file = await store.write({ bytes, mimeType: mediaTypeOf(path), fileName: splitPath(path).name });
    found.push({ path, sizeBytes: bytes.length, file });
  }
  return found;
}

async function matching(pattern: string, disk: TenantDisk): Promise<string[]> {
  const glob = globOf(pattern);
  const paths: string[] = [];
  let sizeBytes = 0;
  let listed = 0;
  for await (const file of disk.list(glob.prefix)) {
    if (++listed > MAX_LISTED) throw tooMany(pattern);
    if (!glob.matches(file.path)) continue;
    sizeBytes += file.sizeBytes;
    paths.push(file.path);
    if (paths.length > MAX_MATCHES || sizeBytes > MAX_MATCHED_BYTES) throw tooMany(pattern);
  }
  return paths;
}

async function write(call: FilesCall & { op: 'write' }, disk: TenantDisk, store: FileStore): Promise<Found[number]> {
  const path = tenantPath(call.path);
  const { bytes, mimeType } = await readBounded(call.file, store);
  if (!call.append) {
    await disk.write(path, bytes, { mimeType });
    return { path, sizeBytes: bytes.length };
  }
  for (let attempt = 0; attempt < MAX_APPEND_ATTEMPTS; attempt++) {
    const before = await disk.read(path);
    const whole = joined(before?.bytes, bytes);
    if (whole.length > MAX_FILE_BYTES) throw tooLarge(path);
    if (await disk.write(path, whole, { mimeType, ifEtag: before?.etag ?? null })) {
      return { path, sizeBytes: whole.length };
    }
  }
  throw new NodeError('file-busy', `Others keep writing to "${path}".`);
}

function joined(before: Uint8Array | undefined, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!before) return bytes;
  const whole = new Uint8Array(before.length + bytes.length);
  whole.set(before);
  whole.set(bytes, before.length);
  return whole;
}

async function below(folder: string, disk: TenantDisk): Promise<Found> {
  const found: Found = [];
  const add = ({ path, sizeBytes, modifiedAtMs, etag }: StoredFile): void => {
    if (found.length >= MAX_LISTED) throw tooMany(folder);
    found.push({ path, sizeBytes, modifiedAtMs, etag });
  };
  for await (const file of disk.list(folder)) {
    if (folder === '' || file.path === folder || file.path.startsWith(`${folder}/`)) add(file);
  }
  return found;
}

const tooLarge = (path: string): NodeError =>
  new NodeError('file-too-large', `"${path}" is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB.`);
const tooMany = (pattern: string): NodeError =>
  new NodeError('too-many-files', `"${pattern}" stands for too many files.`, {
    description: `At most ${MAX_MATCHES} files of together ${MAX_MATCHED_BYTES / 1024 / 1024} MiB.`,
  });
