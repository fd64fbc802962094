import { textOf } from '../../data/text.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { perItem } from '../../node/per-item.ts';
import { TOOL_DIFFERS, toolInput } from '../tool-input.ts';
import { calculate } from './calculate.ts';

export const node: NodeType = defineNode({
  type: 'tool-calculator',
  title: 'Calculator tool',
  summary: 'Gives the value of an arithmetic expression as `response`.',
  group: 'data',
  icon: 'calculator',
  n8n: { type: '@n8n/n8n-nodes-langchain.toolCalculator', versions: [1], differs: TOOL_DIFFERS },
  version: 1,
  fields: [],
  inputs: 1,
  compile: () => ({
    outputs: 1,
    run(step) {
      const made = perItem(step, (item, index) => ({
        json: { response: String(calculate(textOf(toolInput(item)))) },
        pairedItem: { item: index },
      }));
      return { kind: 'output', outputs: [made] };
    },
  }),
});
