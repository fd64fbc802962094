import type { Item, JsonObject } from '../../data/item.ts';
import type { FilesCall, FilesReplyValue, FilesResult } from '../../files/effect.ts';
import { type EffectClass, type NodeExecutor, NodeError, type StepContext } from '../../node/kit.ts';
import { isNodeError } from '../../node/transform.ts';

/** An executor that asks for the tenant's files and makes items of what came. */
export function filesNode(how: {
  class: EffectClass;
  callOf(step: StepContext, itemIndex: number, item: Item): FilesCall;
  /** Only the first item counts. */
  once?: boolean;
  itemsOf(step: StepContext, result: FilesResult & { ok: true }): Item[];
}): NodeExecutor {
  /** Calls, and the items that could not be asked for when the node continues on failure. */
  const callsOf = (step: StepContext): { calls: FilesCall[]; failed: Item[] } => {
    const failed: Item[] = [];
    const calls = step.items.slice(0, how.once ? 1 : undefined).flatMap((item, itemIndex) => {
      try {
        return [how.callOf(step, itemIndex, item)];
      } catch (error) {
        if (!step.continueOnFail || !isNodeError(error)) throw error;
        failed.push({ json: { error: error.message }, pairedItem: { item: itemIndex } });
        return [];
      }
    });
    return { calls, failed };
  };
  return {
    outputs: 1,
    run(step) {
      const { calls, failed } = callsOf(step);
      if (calls.length === 0) return { kind: 'output', outputs: [failed] };
      const payload = { calls, continueOnFail: step.continueOnFail } as unknown as JsonObject;
      return { kind: 'effect', effect: { kind: 'tenant-files', class: how.class, payload } };
    },
    resume(step, wake) {
      if (wake.kind !== 'reply') throw new NodeError('bad-wake', `This node cannot continue after '${wake.kind}'.`);
      const { results } = wake.value as unknown as FilesReplyValue;
      const made = results.flatMap((result) =>
        result.ok
          ? how.itemsOf(step, result)
          : [{ json: { error: result.error.message }, pairedItem: { item: result.itemIndex } }],
      );
      return { kind: 'output', outputs: [[...made, ...callsOf(step).failed]] };
    },
  };
}
