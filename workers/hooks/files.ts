import { fromBase64 } from '../../core/data/base64.ts';
import type { JsonObject } from '../../core/data/item.ts';

export interface FilePlace {
  files: R2Bucket;
  tenant: string;
}

/** The one form of an R2 key for a run's file: the tenant leads, the id is ours. */
export const fileKey = (tenant: string, id: string): string => `t/${tenant}/bin/${id}`;

const FILE_ID = /^[A-Za-z0-9_-]{8,128}$/;

export async function storeBytes(
  bytes: Uint8Array,
  meta: { mimeType: string; fileName?: string },
  { files, tenant }: FilePlace,
): Promise<JsonObject> {
  const id = crypto.randomUUID();
  await files.put(fileKey(tenant, id), bytes, { httpMetadata: { contentType: meta.mimeType } });
  return { id, sizeBytes: bytes.byteLength, ...meta };
}

/** A form's file. Its name is the sender's: kept as text to show, never used as a path; control characters dropped. */
export async function filePart(file: File, place: FilePlace): Promise<JsonObject> {
  const name = [...file.name]
    .filter((char) => char >= ' ' && char !== '\u007f')
    .join('')
    .slice(0, 255);
  const extension = /\.([A-Za-z0-9]{1,16})$/.exec(name)?.[1];
  const meta = { mimeType: file.type || 'application/octet-stream', ...(name === '' ? {} : { fileName: name }) };
  const stored = await storeBytes(new Uint8Array(await file.arrayBuffer()), meta, place);
  return extension === undefined ? stored : { ...stored, fileExtension: extension };
}

/** The bytes of a reply's file: inline (`data:` and base64) or a stream from R2; null when it is gone. */
export async function openFile(binary: string, { files, tenant }: FilePlace): Promise<BodyInit | null> {
  if (binary.startsWith('data:')) {
    return fromBase64(binary.slice(binary.indexOf(',') + 1));
  }
  if (!FILE_ID.test(binary)) return null;
  return (await files.get(fileKey(tenant, binary)))?.body ?? null;
}
