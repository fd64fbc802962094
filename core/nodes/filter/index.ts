import type { Item } from '../../data/item.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { CONDITION_FIELDS, conditionsOf } from '../conditions-of.ts';
import { pass } from '../pass.ts';

export const node: NodeType = defineNode({
  type: 'filter',
  title: 'Filter',
  summary: 'Keeps the items whose conditions hold.',
  group: 'data',
  icon: 'funnel',
  n8n: { type: 'n8n-nodes-base.filter', versions: [1, 2, 2.1, 2.2, 2.3] },
  version: 2.3,
  fields: CONDITION_FIELDS,
  inputs: 1,
  compile(kit) {
    const holds = conditionsOf(kit, kit.raw('combineConditions') === 'OR');
    return {
      outputs: 1,
      run(step) {
        const kept: Item[] = [];
        const { items } = step;
        for (let index = 0; index < items.length; index++) {
          try {
            if (holds(step.scope(index))) kept.push(pass(items[index] as Item, index));
          } catch (error) {
            if (!step.continueOnFail) throw error;
          }
        }
        return { kind: 'output', outputs: [kept] };
      },
    };
  },
});
