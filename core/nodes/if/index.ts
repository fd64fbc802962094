import { compileConditions, compileLegacyGroup } from '../../conditions/index.ts';
import type { Item } from '../../data/item.ts';
import { type CompileKit, type NodeType, defineNode } from '../../node/kit.ts';
import { looseness } from '../looseness.ts';
import { pass } from '../pass.ts';

export const node: NodeType = defineNode({
  type: 'if',
  title: 'If',
  summary: 'Sends each item to the first output when its conditions hold, otherwise to the second.',
  group: 'flow',
  n8n: { type: 'n8n-nodes-base.if', versions: [1, 2, 2.1, 2.2, 2.3] },
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

function conditionsOf(kit: CompileKit): ReturnType<typeof compileConditions> {
  const raw = kit.raw('conditions');
  if (kit.node.version >= 2) return compileConditions(kit, raw, looseness(kit));
  return compileLegacyGroup(kit, raw, kit.raw('combineOperation') === 'any' ? 'any' : 'all');
}
