import type { JsonObject } from '../../../core/data/item.ts';
import type { EffectReply } from '../../../core/node/kit.ts';
import { isNodeError, runTransform, type TransformPayload } from '../../../core/node/transform.ts';
import { TRANSFORMS } from '../../../core/nodes/transforms.generated.ts';

/** Computes on files of a local run: they travel inside the items. */
export async function performTransform(payload: TransformPayload): Promise<EffectReply> {
  const load = TRANSFORMS.get(payload.transform);
  if (!load) {
    return { ok: false, error: { code: 'unknown-transform', message: payload.transform, retryable: false } };
  }
  try {
    const value = await runTransform(await load(), payload, {
      async read({ data = '', mimeType, fileName }) {
        const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
        return fileName === undefined ? { bytes, mimeType } : { bytes, mimeType, fileName };
      },
      async write({ bytes, mimeType, fileName }) {
        const extension = /\.([a-z0-9]{1,10})$/i.exec(fileName ?? '')?.[1];
        return {
          mimeType,
          data: Buffer.from(bytes).toString('base64'),
          sizeBytes: bytes.length,
          ...(fileName === undefined ? {} : { fileName }),
          ...(extension === undefined ? {} : { fileExtension: extension }),
        };
      },
    });
    return { ok: true, value: value as unknown as JsonObject };
  } catch (error) {
    if (!isNodeError(error)) throw error;
    return { ok: false, error: { code: error.code, message: error.message, retryable: false } };
  }
}
