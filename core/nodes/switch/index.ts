import type { Item } from '../../data/item.ts';
import { NodeError, type NodeType, defineNode } from '../../node/kit.ts';
import { pass } from '../pass.ts';
import { compileRouting } from './routing.ts';

export const node: NodeType = defineNode({
  type: 'switch',
  title: 'Switch',
  summary: 'Sends each item to the output of the rule it matches, or to an output an expression names.',
  group: 'flow',
  icon: 'signpost',
  n8n: { type: 'n8n-nodes-base.switch', versions: [1, 2, 3, 3.1, 3.2, 3.3, 3.4] },
  version: 3.4,
  fields: [
    { name: 'mode', label: 'Mode', type: 'options', default: 'rules', options: ['rules', 'expression'] },
    {
      name: 'rules.values',
      label: 'Rules',
      type: 'list',
      show: { mode: ['rules'] },
      fields: [
        { name: 'conditions', label: 'When', type: 'conditions' },
        { name: 'renameOutput', label: 'Name this output', type: 'boolean', default: false },
        { name: 'outputKey', label: 'Name', type: 'string', show: { renameOutput: [true] } },
      ],
    },
    { name: 'output', label: 'Output index', type: 'expression', show: { mode: ['expression'] } },
    { name: 'numberOutputs', label: 'Number of outputs', type: 'number', default: 4, show: { mode: ['expression'] } },
    {
      name: 'options.fallbackOutput',
      label: 'Without a match',
      type: 'string',
      default: 'none',
      description: '`none`, `extra`, or the index of an output.',
      show: { mode: ['rules'] },
    },
    {
      name: 'options.allMatchingOutputs',
      label: 'Send to all that match',
      type: 'boolean',
      default: false,
      show: { mode: ['rules'] },
    },
    { name: 'options.ignoreCase', label: 'Ignore case', type: 'boolean', default: true, show: { mode: ['rules'] } },
    {
      name: 'looseTypeValidation',
      label: 'Convert types where required',
      type: 'boolean',
      default: false,
      show: { mode: ['rules'] },
    },
  ],
  inputs: 1,
  compile(kit) {
    const { outputs: count, route } = compileRouting(kit);
    return {
      outputs: count,
      run(step) {
        const outputs = Array.from({ length: count }, (): Item[] => []);
        const { items } = step;
        for (let index = 0; index < items.length; index++) {
          const item = items[index] as Item;
          try {
            for (const target of route(step.scope(index))) {
              const output = outputs[target];
              if (!output) throw outOfRange(target, count, index);
              output.push(pass(item, index));
            }
          } catch (error) {
            if (!step.continueOnFail) throw error;
            const message = error instanceof Error ? error.message : String(error);
            outputs[0]?.push({ json: { error: message }, pairedItem: index });
          }
        }
        return { kind: 'output', outputs };
      },
    };
  },
});

const outOfRange = (target: number, count: number, itemIndex: number): NodeError =>
  new NodeError('no-such-output', `There is no output ${target}: use 0 to ${count - 1} [item ${itemIndex}]`, {
    itemIndex,
  });
