import type { Item, Json, JsonObject } from '../../core/data/item.ts';
import type { EffectReply, NodeType } from '../../core/node/kit.ts';
import { compileFor, resumeNode, stepOf, type Trial } from '../../core/nodes/testing.ts';
import type { EgressPolicy } from '../../workers/executor/egress/policy.ts';
import { perform } from '../../workers/executor/perform.ts';
import type { ExecutorPorts } from '../../workers/executor/ports.ts';
import { LOCAL } from '../../workers/executor/testing/fakes.ts';

/** What became of a node whose effect was really performed. */
export type Outcome = { items: Item[]; reply: EffectReply };

/** Runs a node as the engine would: its step, its effect on the executor, its resumption. */
export async function runThrough(
  type: NodeType,
  trial: Trial,
  ports: ExecutorPorts,
  policy: EgressPolicy = LOCAL,
): Promise<Outcome> {
  const started = compileFor(type, trial).run(stepOf(type, trial));
  if (started.kind !== 'effect') throw new Error(`The node answered ${started.kind}, not an effect.`);
  const reply = await perform({ tenant: 'acme', effect: started.effect, key: 'k', policy }, ports);
  if (!reply.ok) return { items: [], reply };
  const done = resumeNode(type, trial, { kind: 'reply', value: reply.value });
  if (done.kind !== 'output') throw new Error(`The node answered ${done.kind}, not output.`);
  return { items: [...(done.outputs[0] ?? [])], reply };
}

export const jsonsOf = ({ items }: Outcome): Json[] => items.map(({ json }): JsonObject => json);
