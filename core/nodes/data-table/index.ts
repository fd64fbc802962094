import type { Item, JsonObject } from '../../data/item.ts';
import {
  type NodeExecutor,
  NodeError,
  type NodeType,
  type StepContext,
  type StepResult,
  defineNode,
} from '../../node/kit.ts';
import { type TableCall, type TablePayload, type TableResult, writes } from '../../tables/call.ts';
import { pass } from '../pass.ts';
import { FIELDS } from './fields.ts';
import { compileWork, type Work } from './work.ts';

export const node: NodeType = defineNode({
  type: 'data-table',
  title: 'Data table',
  summary: 'Reads and writes rows of the tables kept here.',
  group: 'action',
  icon: 'table-2',
  n8n: { type: 'n8n-nodes-base.dataTable', versions: [1, 1.1] },
  version: 1.1,
  fields: FIELDS,
  inputs: 1,
  compile(kit): NodeExecutor {
    const work = compileWork(kit);
    const keep = kit.raw('resource') === 'table' ? undefined : kit.raw('operation');
    return {
      outputs: 1,
      run: (step) => ask(step, work),
      resume(step, wake): StepResult {
        if (wake.kind !== 'reply') throw new NodeError('bad-wake', `This node cannot continue after '${wake.kind}'.`);
        // SAFETY: the effect's value, from our own performer.
        const { results } = wake.value as unknown as { results: TableResult[] };
        const made = results.flatMap((result) => itemsOf(step, result, keep));
        const { failed } = prepare(step, work);
        return { kind: 'output', outputs: [[...made, ...failed].sort(byInput)] };
      },
    };
  },
});

/** Calls of the step's items, and the items for which there is none because their parameters fail. */
function prepare(step: StepContext, work: Work): { calls: TableCall[]; failed: Item[] } {
  const calls: TableCall[] = [];
  const failed: Item[] = [];
  for (const [itemIndex, item] of step.items.entries()) {
    try {
      calls.push({ itemIndex, ...work(item, step.scope(itemIndex)) });
    } catch (error) {
      if (!step.continueOnFail || !(error instanceof Error)) throw error;
      failed.push({ json: { error: error.message }, pairedItem: { item: itemIndex } });
    }
  }
  return { calls, failed };
}

function ask(step: StepContext, work: Work): StepResult {
  const { calls, failed } = prepare(step, work);
  if (calls.length === 0) return { kind: 'output', outputs: [failed] };
  const payload: TablePayload = { calls, continueOnFail: step.continueOnFail };
  return {
    kind: 'effect',
    // One transaction: a repeat of the whole is recognised by the effect's key.
    effect: {
      kind: 'data-table',
      class: calls.some(writes) ? 'keyed' : 'pure',
      payload: payload as unknown as JsonObject,
    },
  };
}

function itemsOf(step: StepContext, result: TableResult, keep: unknown): Item[] {
  const { itemIndex } = result;
  const pairedItem = { item: itemIndex };
  if (!result.ok) return [{ json: { error: result.error.message }, pairedItem }];
  if (keep !== 'rowExists' && keep !== 'rowNotExists') return result.rows.map((json) => ({ json, pairedItem }));
  const item = step.items[itemIndex];
  const isKept = result.rows.length > 0 === (keep === 'rowExists');
  return item && isKept ? [pass(item, itemIndex)] : [];
}

function byInput(a: Item, b: Item): number {
  const index = ({ pairedItem }: Item): number =>
    typeof pairedItem === 'number' ? pairedItem : pairedItem && 'item' in pairedItem ? pairedItem.item : 0;
  return index(a) - index(b);
}
