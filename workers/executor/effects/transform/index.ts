import type { Json, JsonObject } from '../../../../core/data/item.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import { isNodeError, runTransform, type TransformPayload } from '../../../../core/node/transform.ts';
import { openCredential } from '../../open-credential.ts';
import type { Effect, ExecutorPorts, PerformRequest, Sent } from '../../ports.ts';
import { itemFiles } from '../http/files.ts';
import { remoteRunner } from './remote.ts';

/** The keys of each call. Everything else a transform would show again: written into a file, as base64, in capitals. */
const sent: Sent = {
  of(payload) {
    const { keys, calls } = payload as unknown as TransformPayload;
    if (!keys) return undefined;
    return calls.map(({ parameters }) => Object.fromEntries(keys.map((key) => [key, parameters[key] ?? null])));
  },
  with(payload, filled) {
    const { calls } = payload as unknown as TransformPayload;
    const keysOf = filled as JsonObject[];
    return {
      ...payload,
      calls: calls.map((call, at) => ({
        ...call,
        parameters: { ...call.parameters, ...keysOf[at] },
      })) as unknown as Json,
    };
  },
};

async function perform(request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> {
  // SAFETY: core/node/transform.ts makes this payload; it travels between our own parts only.
  const payload = request.effect.payload as unknown as TransformPayload;
  const { transform, nowMs, zone } = payload;
  const { tenant } = request;
  const credential = payload.credential && (await openCredential(ports, request, payload.credential));
  const about = { transform, nowMs, zone, ...(credential ? { credential: [...credential.values] } : {}) };
  try {
    const value = await runTransform(remoteRunner(ports.transforms, about), payload, itemFiles(tenant, ports));
    return { ok: true, value: value as unknown as JsonObject };
  } catch (error) {
    if (!isNodeError(error)) throw error;
    const { code, message, itemIndex } = error;
    const detail = itemIndex === undefined ? {} : { detail: { itemIndex } };
    return { ok: false, error: { code, message, retryable: false, ...detail } };
  }
}

/** Has the transforms Worker compute on files (core/node/transform.ts). Payload `TransformPayload`, value `TransformReplyValue`. */
export const effect: Effect = { kind: 'transform', sent, perform };
