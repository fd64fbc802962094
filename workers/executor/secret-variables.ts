import { PRODUCTION } from '../../core/environment/reference.ts';
import type { JsonObject } from '../../core/data/item.ts';
import type { EffectReply } from '../../core/node/kit.ts';
import { mayHoldPlaceholder } from '../vault/variables.ts';
import { maskOf } from './credentials.ts';
import type { Effect, ExecutorPorts, PerformRequest } from './ports.ts';

/**
 * Puts the values of secret variables where an HTTP request holds their placeholders (ENV6), and hides them in whatever
 * comes back. Other effects, code among them, get the placeholder itself: what they do with it would end in a journal.
 */
export async function withSecretVariables(
  request: PerformRequest,
  ports: ExecutorPorts,
  effect: Effect,
): Promise<EffectReply> {
  if (effect.kind !== 'http' || !ports.secretVariables) return effect.perform(request, ports);
  const text = JSON.stringify(request.effect.payload);
  if (!mayHoldPlaceholder(text)) return effect.perform(request, ports);
  const { tenant, environment = PRODUCTION } = request;
  const values = await ports.secretVariables(text, { tenant, environment });
  if (values.size === 0) return effect.perform(request, ports);
  let filled = text;
  for (const [placeholder, value] of values) {
    filled = filled.replaceAll(placeholder, () => JSON.stringify(value).slice(1, -1));
  }
  const payload = JSON.parse(filled) as JsonObject;
  const reply = await effect.perform({ ...request, effect: { ...request.effect, payload } }, ports);
  const mask = maskOf([...values.values()]);
  return JSON.parse(mask(JSON.stringify(reply))) as EffectReply;
}
