import type { NodeType } from '../../node/kit.ts';
import { defineNode } from '../../node/kit.ts';
import { codeDiffers } from '../code/differs.ts';
import { codeExecutor } from '../code/executor.ts';
import { asksNetwork, mayReachNetwork, NETWORK_FIELD } from '../code/network.ts';

export const node: NodeType = defineNode({
  type: 'function-item',
  title: 'Function Item',
  summary: 'Runs JavaScript once per item on its data (an ancestor of Code, kept for old workflows).',
  group: 'code',
  icon: 'square-function',
  n8n: { type: 'n8n-nodes-base.functionItem', versions: [1], differs: codeDiffers },
  version: 1,
  fields: [
    { name: 'functionCode', label: 'JavaScript', type: 'code', default: 'return item;', required: true },
    NETWORK_FIELD,
  ],
  defaults: () => ({ functionCode: 'return item;' }),
  usesSecrets: asksNetwork,
  compile(kit) {
    const code = kit.raw('functionCode');
    // Here `item` is the data itself. On the author's first line, so that line numbers stay right.
    const source = typeof code === 'string' ? code : '';
    return codeExecutor({
      code: `var item = $json; ${source}`,
      language: 'javascript',
      mode: 'each',
      network: mayReachNetwork(kit),
      returnsJson: true,
    });
  },
});
