import { fromBase64 } from '../../core/data/base64.ts';
import type { JsonObject } from '../../core/data/item.ts';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';
import { fileKey } from '../files/key.ts';
import { roomFor } from '../files/room.ts';
import { Problem } from '../kit/problem.ts';

export interface FilePlace {
  files: R2Bucket;
  tenant: string;
  /** Asked before a file is kept. @throws Problem `storage-full`. */
  room(bytes: number): Promise<void>;
}

export const filePlace = (env: Pick<ObjectBindings, 'METER'> & { FILES: R2Bucket }, tenant: string): FilePlace => ({
  files: env.FILES,
  tenant,
  room: (bytes) =>
    roomFor(env, tenant, bytes).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'storage-full')) throw error;
      // Whoever calls from outside is not told how much there is.
      const full = { status: 403, title: 'The organization has no room for files' };
      throw new Problem('storage-full', full, {
        hint: 'Tell whoever runs this workflow; GET /v1/usage shows them how much there is.',
      });
    }),
});

const FILE_ID = /^[A-Za-z0-9_-]{8,128}$/;

export async function storeBytes(
  bytes: Uint8Array,
  meta: { mimeType: string; fileName?: string },
  { files, tenant, room }: FilePlace,
): Promise<JsonObject> {
  await room(bytes.byteLength);
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
export async function openFile(
  binary: string,
  { files, tenant }: Pick<FilePlace, 'files' | 'tenant'>,
): Promise<BodyInit | null> {
  if (binary.startsWith('data:')) {
    return fromBase64(binary.slice(binary.indexOf(',') + 1));
  }
  if (!FILE_ID.test(binary)) return null;
  return (await files.get(fileKey(tenant, binary)))?.body ?? null;
}
