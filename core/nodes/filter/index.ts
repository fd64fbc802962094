import { compileConditions, compileLegacyGroup } from '../../conditions/index.ts';
import type { Item } from '../../data/item.ts';
import { type CompileKit, type NodeType, defineNode } from '../../node/kit.ts';
import { looseness } from '../looseness.ts';
import { pass } from '../pass.ts';

export const node: NodeType = defineNode({
  type: 'filter',
  title: 'Filter',
  summary: 'Keeps the items whose conditions hold.',
  group: 'data',
  n8n: { type: 'n8n-nodes-base.filter', versions: [1, 2, 2.1, 2.2, 2.3] },
  version: 2.3,
  fields: [
    { name: 'conditions', label: 'Conditions', type: 'conditions', required: true },
    { name: 'looseTypeValidation', label: 'Convert types where required', type: 'boolean', default: false },
    { name: 'options.ignoreCase', label: 'Ignore case', type: 'boolean', default: true },
  ],
  inputs: 1,
  compile(kit) {
    const holds = conditionsOf(kit);
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

function conditionsOf(kit: CompileKit): ReturnType<typeof compileConditions> {
  const raw = kit.raw('conditions');
  if (kit.node.version >= 2) return compileConditions(kit, raw, looseness(kit));
  return compileLegacyGroup(kit, raw, kit.raw('combineConditions') === 'OR' ? 'any' : 'all');
}
