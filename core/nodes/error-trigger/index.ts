import { type NodeType, defineNode } from '../../node/kit.ts';
import { startItems } from '../start-items.ts';

export const node: NodeType = defineNode({
  type: 'error-trigger',
  title: 'Error trigger',
  summary: 'Starts when another workflow that names this one as its error workflow fails.',
  group: 'trigger',
  icon: 'siren',
  n8n: { type: 'n8n-nodes-base.errorTrigger', versions: [1] },
  version: 1,
  fields: [],
  trigger: 'error',
  inputs: 0,
  compile: startItems,
});
