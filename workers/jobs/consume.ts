import { isTenantId } from '../../durable-objects/stubs.ts';
import { AREAS } from '../areas.generated.ts';
import type { Env } from '../env.ts';
import type { Subscription } from '../kit/area.ts';
import { jobContext } from '../kit/context.ts';
import { routesOf } from '../kit/route-table.ts';
import type { EventMessage } from '../kit/context.ts';

let built: Map<string, Subscription[]> | undefined;

function handlersOf(message: EventMessage): readonly Subscription[] {
  if (!built) {
    built = new Map();
    for (const each of AREAS.flatMap((area) => area.subscriptions)) {
      const key = `${each.event.name}@${each.event.version}`;
      built.set(key, [...(built.get(key) ?? []), each]);
    }
  }
  return built.get(`${message.event}@${message.version}`) ?? [];
}

/** Hands each event to the areas that asked for it. A message whose handlers fail is delivered again, alone. */
export async function consume(batch: MessageBatch<EventMessage>, env: Env): Promise<void> {
  for (const message of batch.messages) {
    const { body } = message;
    try {
      if (!isTenantId(body.tenant)) throw new Error('an event without a tenant');
      // what was on its way when an organization was deleted must not bring anything of it back
      if ((await routesOf(env, body.tenant)).shards === 0) {
        message.ack();
        continue;
      }
      for (const { event, handle } of handlersOf(body)) {
        const result = (await event.payload['~standard'].validate(body.payload)) as {
          value?: unknown;
          issues?: unknown;
        };
        if (result.issues) throw new Error(`the payload does not fit ${body.event}@${body.version}`);
        await handle(result.value, jobContext(env, body.tenant));
      }
      message.ack();
    } catch (error) {
      console.error(
        JSON.stringify({ level: 'error', event: body?.event, attempts: message.attempts, error: String(error) }),
      );
      message.retry();
    }
  }
}
