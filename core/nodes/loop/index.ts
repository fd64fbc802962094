import type { Item, JsonObject } from '../../data/item.ts';
import { type NodeType, type StepContext, type StepResult, defineNode } from '../../node/kit.ts';
import { type LoopState, advance, begin, stateOf } from './state.ts';

export const node: NodeType = defineNode({
  type: 'loop',
  title: 'Loop over items',
  summary: 'Hands out its items in batches, one batch each time the loop comes back, then everything that came back.',
  group: 'flow',
  icon: 'repeat',
  n8n: { type: 'n8n-nodes-base.splitInBatches', versions: [1, 2, 3] },
  version: 3,
  fields: [
    { name: 'batchSize', label: 'Batch size', type: 'number', default: 1 },
    { name: 'options.reset', label: 'Start over', type: 'boolean', default: false },
  ],
  inputs: 1,
  compile(kit) {
    const { version } = kit.node;
    const batchSize = kit.param('batchSize', version >= 3 ? 1 : 10);
    const reset = kit.param<boolean>('options.reset', false);
    return {
      outputs: version >= 2 ? 2 : 1,
      run(step) {
        const scope = step.scope(0);
        const size = Math.max(1, Math.floor(Number(batchSize.at(scope)) || 1));
        const known = stateOf(step.context);
        const state = known && reset.at(scope) !== true ? advance(known) : begin(step.runIndex);
        return emit(step, { state, size, version });
      },
    };
  },
});

function emit(step: StepContext, how: { state: LoopState; size: number; version: number }): StepResult {
  const { state, size, version } = how;
  const all = state.origin === step.runIndex ? step.items : step.inputOf(state.origin);
  const batch = linked(all.slice(state.at, state.at + size), { run: state.origin, from: state.at, now: step.runIndex });
  const isDone = batch.length === 0;
  const at = state.at + batch.length;
  const next: LoopState & JsonObject = {
    ...state,
    at,
    maxRunIndex: Math.ceil(all.length / size),
    noItemsLeft: at >= all.length,
    done: isDone,
  };
  if (version < 2) return { kind: 'output', outputs: [isDone ? null : batch], context: next };
  const finished = isDone ? processed(step, state.origin) : [];
  return { kind: 'output', outputs: version >= 3 ? [finished, batch] : [batch, finished], context: next };
}

/** Items that came back, over all runs since the loop began. */
function processed(step: StepContext, origin: number): Item[] {
  const back: Item[] = [];
  for (let run = origin + 1; run <= step.runIndex; run++) {
    const items = run === step.runIndex ? step.items : step.inputOf(run);
    for (const item of linked(items, { run, from: 0, now: step.runIndex })) back.push(item);
  }
  return back;
}

/** Links to the run that took the items in: a loop hands out what it was given long before. */
const linked = (items: readonly Item[], where: { run: number; from: number; now: number }): Item[] =>
  items.map((item, index) => {
    const at = where.from + index;
    const made: Item = { json: item.json, pairedItem: where.run === where.now ? at : { item: at, run: where.run } };
    if (item.binary) made.binary = item.binary;
    return made;
  });
