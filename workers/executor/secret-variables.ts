import { PRODUCTION } from '../../core/environment/reference.ts';
import type { Json, JsonObject } from '../../core/data/item.ts';
import type { EffectReply } from '../../core/node/kit.ts';
import { mayHoldPlaceholder } from '../vault/variables.ts';
import { type Mask, maskOf } from './credentials.ts';
import type { Effect, ExecutorPorts, PerformRequest, Sent } from './ports.ts';

/** One member of a payload is what is sent; the rest is only carried, or comes back in the reply. */
export const sentMember = (name: string): Sent => ({
  of: (payload) => payload[name],
  with: (payload, sent) => ({ ...payload, [name]: sent }),
});

/** The secret variables that a text names. */
interface NamedSecrets {
  /** Puts values into plain text. */
  fill(text: string): string;
  /** Puts values into the text of JSON. */
  fillJson(json: string): string;
  /** Hides them in what comes back. */
  readonly mask: Mask;
}

/** Undefined: the text names none that is genuine. */
export async function secretsNamedIn(
  text: string,
  { tenant, environment = PRODUCTION }: Pick<PerformRequest, 'tenant' | 'environment'>,
  ports: Pick<ExecutorPorts, 'secretVariables'>,
): Promise<NamedSecrets | undefined> {
  if (!mayHoldPlaceholder(text)) return undefined;
  const values = await ports.secretVariables?.(text, { tenant, environment });
  if (!values || values.size === 0) return undefined;
  const filled = (given: string, written: (value: string) => string): string =>
    [...values].reduce((made, [placeholder, value]) => made.replaceAll(placeholder, () => written(value)), given);
  return {
    fill: (given) => filled(given, (value) => value),
    fillJson: (given) => filled(given, (value) => JSON.stringify(value).slice(1, -1)),
    mask: maskOf([...values.values()]),
  };
}

/**
 * Puts the values of secret variables where what an effect sends holds their placeholders (ENV6), and hides them in
 * whatever comes back. Effects that send nothing get the placeholder itself: what they make of it would end in a journal.
 */
export async function withSecretVariables(
  request: PerformRequest,
  ports: ExecutorPorts,
  effect: Effect,
): Promise<EffectReply> {
  const { payload } = request.effect;
  const sent = effect.sent?.of(payload);
  const text = sent === undefined ? '' : JSON.stringify(sent);
  const secrets = await secretsNamedIn(text, request, ports);
  if (!effect.sent || !secrets) return effect.perform(request, ports);
  const filled: JsonObject = effect.sent.with(payload, JSON.parse(secrets.fillJson(text)) as Json);
  const { mask } = secrets;
  const tell = ports.tell && ((texts: readonly string[]) => ports.tell?.(texts.map(mask.growing)));
  try {
    const reply = await effect.perform(
      { ...request, effect: { ...request.effect, payload: filled } },
      tell ? { ...ports, tell } : ports,
    );
    return JSON.parse(secrets.mask(JSON.stringify(reply))) as EffectReply;
  } catch (error) {
    if (error instanceof Error) error.message = secrets.mask(error.message);
    throw error;
  }
}
