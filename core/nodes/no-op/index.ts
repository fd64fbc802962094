import { type NodeType, defineNode } from '../../node/kit.ts';
import { pass } from '../pass.ts';

export const node: NodeType = defineNode({
  type: 'no-op',
  title: 'No operation',
  summary: 'Hands its items on unchanged.',
  group: 'flow',
  icon: 'circle-dashed',
  n8n: { type: 'n8n-nodes-base.noOp', versions: [1] },
  version: 1,
  fields: [],
  inputs: 1,
  compile: () => ({
    outputs: 1,
    run: (step) => ({ kind: 'output', outputs: [step.items.map(pass)] }),
  }),
});
