import type { JsonObject } from '../../../core/data/item.ts';
import type { EffectReply } from '../../../core/node/kit.ts';
import { contextOf, isNodeError, runHere, runTransform, type TransformPayload } from '../../../core/node/transform.ts';
import { TRANSFORMS } from '../../../core/nodes/transforms.generated.ts';
import { inlineFiles } from './inline-files.ts';

/** Computes on files of a local run: they travel inside the items. */
export async function performTransform(payload: TransformPayload): Promise<EffectReply> {
  const load = TRANSFORMS.get(payload.transform);
  if (!load) {
    return { ok: false, error: { code: 'unknown-transform', message: payload.transform, retryable: false } };
  }
  if (payload.credential) {
    const message = `A local run opens no credentials; this node needs one of type '${payload.credential.type}'.`;
    return { ok: false, error: { code: 'credential-missing', message, retryable: false } };
  }
  try {
    const runner = runHere(await load(), contextOf(payload, inlineFiles));
    const value = await runTransform(runner, payload, inlineFiles);
    return { ok: true, value: value as unknown as JsonObject };
  } catch (error) {
    if (!isNodeError(error)) throw error;
    return { ok: false, error: { code: error.code, message: error.message, retryable: false } };
  }
}
