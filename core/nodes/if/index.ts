import type { Item } from '../../data/item.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { CONDITION_FIELDS, conditionsOf } from '../conditions-of.ts';
import { pass } from '../pass.ts';

export const node: NodeType = defineNode({
  type: 'if',
  title: 'If',
  summary: 'Sends each item to the first output when its conditions hold, otherwise to the second.',
  group: 'flow',
  icon: 'split',
  n8n: { type: 'n8n-nodes-base.if', versions: [1, 2, 2.1, 2.2, 2.3] },
  version: 2.3,
  fields: CONDITION_FIELDS,
  inputs: 1,
  compile(kit) {
    const holds = conditionsOf(kit, kit.raw('combineOperation') === 'any');
    return {
      outputs: 2,
      run(step) {
        const yes: Item[] = [];
        const no: Item[] = [];
        const { items } = step;
        for (let index = 0; index < items.length; index++) {
          const item = items[index] as Item;
          let held: boolean;
          try {
            held = holds(step.scope(index));
          } catch (error) {
            // A test that cannot be made does not hold.
            if (!step.continueOnFail) throw error;
            held = false;
          }
          (held ? yes : no).push(pass(item, index));
        }
        return { kind: 'output', outputs: [yes, no] };
      },
    };
  },
});
