import type { NodeType } from '../../node/kit.ts';
import { defineNode } from '../../node/kit.ts';
import { codeDiffers } from '../code/differs.ts';
import { codeExecutor } from '../code/executor.ts';
import { asksNetwork, mayReachNetwork, NETWORK_FIELD } from '../code/network.ts';

export const node: NodeType = defineNode({
  type: 'function',
  title: 'Function',
  summary: 'Runs JavaScript once over all items (the ancestor of Code, kept for old workflows).',
  group: 'code',
  icon: 'square-function',
  n8n: { type: 'n8n-nodes-base.function', versions: [1], differs: codeDiffers },
  version: 1,
  fields: [
    { name: 'functionCode', label: 'JavaScript', type: 'code', default: 'return items;', required: true },
    NETWORK_FIELD,
  ],
  defaults: () => ({ functionCode: 'return items;' }),
  usesSecrets: asksNetwork,
  compile(kit) {
    const code = kit.raw('functionCode');
    return codeExecutor({
      code: typeof code === 'string' ? code : '',
      language: 'javascript',
      mode: 'all',
      network: mayReachNetwork(kit),
    });
  },
});
