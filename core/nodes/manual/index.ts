import { type NodeType, defineNode } from '../../node/kit.ts';
import { startItems } from '../start-items.ts';

export const node: NodeType = defineNode({
  type: 'manual',
  title: 'Manual trigger',
  summary: 'Starts the workflow when someone presses run.',
  group: 'trigger',
  icon: 'mouse-pointer-click',
  n8n: {
    type: 'n8n-nodes-base.manualTrigger',
    versions: [1],
    also: [{ type: 'n8n-nodes-base.start', versions: [1] }],
  },
  version: 1,
  fields: [],
  trigger: 'manual',
  inputs: 0,
  compile: startItems,
});
