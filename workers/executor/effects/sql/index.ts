import type { JsonObject } from '../../../../core/data/item.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import type { SqlPayload } from '../../../../core/sql/payload.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';

async function perform(request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> {
  if (!ports.queries) {
    return { ok: false, error: { code: 'no-sql', message: 'This host runs no queries.', retryable: false } };
  }
  // SAFETY: the merge node makes this payload; it travels between our own parts only.
  const payload = request.effect.payload as unknown as SqlPayload;
  const outcome = await ports.queries(request.tenant).run(payload);
  if (outcome.ok) return { ok: true, value: { rows: outcome.value } as unknown as JsonObject };
  return { ok: false, error: { code: outcome.error.code, message: outcome.error.message, retryable: false } };
}

/** Runs an author's query over items. Payload `SqlPayload`, value `{rows}`. */
export const effect: Effect = { kind: 'sql', perform };
