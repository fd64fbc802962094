import type { JsonObject } from '../../../../core/data/item.ts';
import { isNodeError, runTransform, type TransformPayload } from '../../../../core/node/transform.ts';
import { TRANSFORMS } from '../../../../core/nodes/transforms.generated.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';
import { openCredential } from '../../credentials.ts';
import { itemFiles } from '../http/files.ts';

async function perform(request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> {
  // SAFETY: core/node/transform.ts makes this payload; it travels between our own parts only.
  const payload = request.effect.payload as unknown as TransformPayload;
  const load = TRANSFORMS.get(payload.transform);
  if (!load) {
    const message = `There is no transform '${payload.transform}'.`;
    return { ok: false, error: { code: 'unknown-transform', message, retryable: false } };
  }
  const { tenant } = request;
  const credential = payload.credential && (await openCredential(ports, tenant, payload.credential));
  try {
    const value = await runTransform(await load(), payload, itemFiles(tenant, ports), credential?.values);
    return { ok: true, value: value as unknown as JsonObject };
  } catch (error) {
    if (!isNodeError(error)) throw error;
    const { code, message, itemIndex } = error;
    const detail = itemIndex === undefined ? {} : { detail: { itemIndex } };
    return { ok: false, error: { code, message, retryable: false, ...detail } };
  }
}

/** Computes on files (core/node/transform.ts). Payload `TransformPayload`, value `TransformReplyValue`. */
export const effect: Effect = { kind: 'transform', perform };
