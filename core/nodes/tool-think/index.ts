import { textOf } from '../../data/text.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { perItem } from '../../node/per-item.ts';
import { TOOL_DIFFERS, toolInput } from '../tool-input.ts';

export const node: NodeType = defineNode({
  type: 'tool-think',
  title: 'Think tool',
  summary: 'Gives back what it is told: room for an agent to think.',
  group: 'data',
  icon: 'lightbulb',
  n8n: { type: '@n8n/n8n-nodes-langchain.toolThink', versions: [1, 1.1], differs: TOOL_DIFFERS },
  version: 1.1,
  fields: [
    { name: 'description', label: 'Description', type: 'string', description: 'Tells an agent when to use it.' },
  ],
  inputs: 1,
  compile: () => ({
    outputs: 1,
    run(step) {
      const made = perItem(step, (item, index) => ({
        json: { response: textOf(toolInput(item)) },
        pairedItem: { item: index },
      }));
      return { kind: 'output', outputs: [made] };
    },
  }),
});
