import { fromBase64, toBase64 } from '../../../../core/data/base64.ts';
import type { BinaryRef } from '../../../../core/data/item.ts';
import { type FileStore, isNodeError } from '../../../../core/node/transform.ts';
import { EgressError } from '../../egress/error.ts';
import type { ExecutorPorts } from '../../ports.ts';

/** Up to here a file travels inside the item; above it is stored and referred to. */
export const MAX_INLINE_BINARY_BYTES = 64 * 1024;
const FILE_ID = /^[0-9a-z_-]{16,128}$/i;

/** R2 key of a tenant's file. The id is checked: it comes out of workflow data. */
export function fileKey(tenant: string, id: string): string {
  if (!FILE_ID.test(id)) throw new EgressError('file-missing', 'Not a file id', false);
  return `t/${tenant}/bin/${id}`;
}

/** Reads a file of this tenant. @throws EgressError `file-missing`. */
export async function readFile(
  file: BinaryRef,
  tenant: string,
  ports: ExecutorPorts,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mimeType: string }> {
  const mimeType = file.mimeType || 'application/octet-stream';
  if (file.id !== undefined) {
    const stored = await ports.files.get(fileKey(tenant, file.id));
    if (!stored) throw new EgressError('file-missing', `The file ${file.fileName ?? file.id} is gone`, false);
    return { bytes: new Uint8Array(await stored.arrayBuffer()), mimeType };
  }
  try {
    return { bytes: fromBase64(file.data ?? ''), mimeType };
  } catch {
    throw new EgressError('file-missing', 'The file is not valid base64', false);
  }
}

/** Keeps a file for a tenant: small ones inline, others in R2 under an id nobody chose. */
export async function storeFile(
  file: { bytes: Uint8Array; mimeType: string; fileName?: string | undefined; maxInlineBytes?: number },
  tenant: string,
  ports: ExecutorPorts,
): Promise<BinaryRef> {
  const { maxInlineBytes = MAX_INLINE_BINARY_BYTES, bytes, mimeType, fileName } = file;
  const extension = /\.([a-z0-9]{1,10})$/i.exec(fileName ?? '')?.[1];
  const about: BinaryRef = {
    mimeType,
    sizeBytes: bytes.byteLength,
    ...(fileName === undefined ? {} : { fileName }),
    ...(extension === undefined ? {} : { fileExtension: extension }),
  };
  if (bytes.byteLength <= maxInlineBytes) return { ...about, data: toBase64(bytes) };
  const id = ports.newId();
  await ports.storageRoom?.(tenant, bytes.byteLength).catch((error: unknown) => {
    if (isNodeError(error)) throw new EgressError(error.code, error.message, false);
    throw error;
  });
  await ports.files.put(fileKey(tenant, id), bytes, { httpMetadata: { contentType: mimeType } });
  return { ...about, id };
}

/** What the small files of one effect may add up to before they are stored, too: its reply travels in one message. */
const MAX_INLINE_TOTAL_BYTES = 4 * 1024 * 1024;

/** Files of items, as core's work on files wants them; made for one effect. */
export function itemFiles(tenant: string, ports: ExecutorPorts): FileStore {
  let left = MAX_INLINE_TOTAL_BYTES;
  return {
    async read(file) {
      const { bytes, mimeType } = await readFile(file, tenant, ports);
      return file.fileName === undefined ? { bytes, mimeType } : { bytes, mimeType, fileName: file.fileName };
    },
    // The event loop is the whole server's: its probes must be answered while a transform works.
    breathe: () => new Promise((done) => setTimeout(done, 0)),
    async write(file) {
      const maxInlineBytes = Math.min(left, MAX_INLINE_BINARY_BYTES);
      const stored = await storeFile({ ...file, maxInlineBytes }, tenant, ports);
      if (stored.id === undefined) left -= file.bytes.length;
      return stored;
    },
  };
}
