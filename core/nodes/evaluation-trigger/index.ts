import { type NodeType, defineNode } from '../../node/kit.ts';
import { startItems } from '../start-items.ts';

export const node: NodeType = defineNode({
  type: 'evaluation-trigger',
  title: 'Evaluation trigger',
  summary: 'Starts with the rows of a test set that the caller gives.',
  group: 'trigger',
  icon: 'flask-conical',
  n8n: {
    type: 'n8n-nodes-base.evaluationTrigger',
    versions: [4.6, 4.7],
    differs: 'It does not read the test set itself: start a run with the rows as items.',
  },
  version: 4.7,
  fields: [],
  trigger: 'manual',
  inputs: 0,
  compile: startItems,
});
