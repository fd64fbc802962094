import type { Item, JsonObject } from '../data/item.ts';
import { type CompileKit, type EffectClass, type NodeExecutor, NodeError, type StepContext } from './kit.ts';
import { type CredentialRef, itemsOfResult, type TransformReplyValue, type TransformResult } from './transform.ts';

export type { CredentialRef } from './transform.ts';

/**
 * Payload of effects that talk to one server over a socket (mail, ssh, ftp …): calls one after the other in one
 * session. The value of their reply is a `TransformReplyValue`.
 */
export interface CallsPayload<Call extends object = JsonObject> {
  credential: CredentialRef;
  calls: (Call & { itemIndex: number })[];
  continueOnFail: boolean;
}

/** The credential of a type that the node's document names. @throws NodeError `credential-missing`. */
export function credentialOf(kit: CompileKit, type: string): CredentialRef {
  const { credentials } = kit.node;
  const ref = credentials && Object.hasOwn(credentials, type) ? credentials[type] : undefined;
  if (ref !== undefined) return { type, ref };
  throw new NodeError('credential-missing', `This node needs a credential of type '${type}' and has none.`, {
    description: 'Choose one in the node; POST /v1/credentials makes it.',
  });
}

/** Items of a download: the input item's own data, with the file added. */
export function withFile(step: StepContext, result: TransformResult): Item[] {
  const made = itemsOfResult(result);
  const input = step.items[result.itemIndex];
  if (!result.ok || !input) return made;
  return made.map((item) =>
    item.binary ? { ...item, json: input.json, binary: { ...input.binary, ...item.binary } } : item,
  );
}

/** An executor for nodes that make one call an item in such a session. `make` throws NodeError to fail its item. */
export function callsNode<Call extends object>(how: {
  kind: string;
  class: EffectClass;
  timeoutMs?: number;
  credential(): CredentialRef;
  make(step: StepContext, itemIndex: number, item: Item): Call;
  /** Items of one result, when they are not just what came back. */
  items?(step: StepContext, result: TransformResult): Item[];
}): NodeExecutor {
  return {
    outputs: 1,
    run(step) {
      if (step.items.length === 0) return { kind: 'output', outputs: [[]] };
      const calls = step.items.map((item, itemIndex) => ({ ...how.make(step, itemIndex, item), itemIndex }));
      const payload: CallsPayload<Call> = { credential: how.credential(), calls, continueOnFail: step.continueOnFail };
      const timeout = how.timeoutMs === undefined ? {} : { timeoutMs: how.timeoutMs };
      // SAFETY: calls are JSON by construction of the node.
      const effect = { kind: how.kind, class: how.class, payload: payload as unknown as JsonObject, ...timeout };
      return { kind: 'effect', effect };
    },
    resume(step, wake) {
      if (wake.kind !== 'reply') throw new NodeError('bad-wake', `This node cannot continue after '${wake.kind}'.`);
      const { results } = wake.value as unknown as TransformReplyValue;
      const itemsOf = how.items ?? ((_: StepContext, result: TransformResult) => itemsOfResult(result));
      return { kind: 'output', outputs: [results.flatMap((result) => itemsOf(step, result))] };
    },
  };
}
