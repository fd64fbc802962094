import type { EffectReply } from '../../../../core/node/kit.ts';
import type { JsonObject } from '../../../../core/data/item.ts';
import { type TablePayload, writes } from '../../../../core/tables/call.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';

async function perform(request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> {
  if (!ports.tables) {
    return { ok: false, error: { code: 'no-tables', message: 'This host keeps no data tables.', retryable: false } };
  }
  // SAFETY: the data-table node makes this payload; it travels between our own parts only.
  const payload = request.effect.payload as unknown as TablePayload;
  // Reading again is reading: only what changes something is remembered by its key.
  const key = payload.calls.some(writes) ? { key: request.key } : {};
  const outcome = await ports.tables(request.tenant).apply({ ...payload, ...key });
  if (outcome.ok) return { ok: true, value: { results: outcome.value } as unknown as JsonObject };
  return { ok: false, error: { code: outcome.error.code, message: outcome.error.message, retryable: false } };
}

/** Works on the tenant's data tables. Payload `TablePayload`, value `{results}`. */
export const effect: Effect = { kind: 'data-table', perform };
