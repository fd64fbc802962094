import { type NodeType, defineNode } from '../../node/kit.ts';
import { pass } from '../pass.ts';

export const node: NodeType = defineNode({
  type: 'limit',
  title: 'Limit',
  summary: 'Keeps only the first or last items.',
  group: 'data',
  icon: 'list-end',
  n8n: { type: 'n8n-nodes-base.limit', versions: [1] },
  version: 1,
  fields: [
    { name: 'maxItems', label: 'Items', type: 'number', default: 1 },
    { name: 'keep', label: 'Keep', type: 'options', default: 'firstItems', options: ['firstItems', 'lastItems'] },
  ],
  inputs: 1,
  compile(kit) {
    const max = kit.param('maxItems', 1);
    const keep = kit.param<string>('keep', 'firstItems');
    return {
      outputs: 1,
      run(step) {
        const scope = step.scope(0);
        const count = Math.max(0, Math.floor(Number(max.at(scope)) || 0));
        const from = keep.at(scope) === 'lastItems' ? Math.max(0, step.items.length - count) : 0;
        const kept = step.items.slice(from, from + count).map((item, index) => pass(item, from + index));
        return { kind: 'output', outputs: [kept] };
      },
    };
  },
});
