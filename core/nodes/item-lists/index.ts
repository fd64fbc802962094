import { type CompileKit, NodeError, type NodeExecutor, type NodeType, defineNode } from '../../node/kit.ts';
import { compileAggregate } from '../aggregate/index.ts';
import { node as limit } from '../limit/index.ts';
import { compileDedupe } from '../remove-duplicates/index.ts';
import { compileSort } from '../sort/index.ts';
import { compileSplit } from '../split-out/index.ts';
import { compileSummarize } from '../summarize/index.ts';

/** From here on a field nobody has gives an empty result instead of an error. */
const FORGIVING_VERSION = 2.1;

export const node: NodeType = defineNode({
  type: 'item-lists',
  title: 'Item lists',
  summary: 'The older node that split, aggregated, limited, sorted and summarized items.',
  group: 'data',
  icon: 'list-tree',
  n8n: { type: 'n8n-nodes-base.itemLists', versions: [1, 2, 2.1, 2.2, 3, 3.1] },
  version: 3.1,
  fields: [
    {
      name: 'operation',
      label: 'Operation',
      type: 'options',
      default: 'splitOutItems',
      options: [
        'splitOutItems',
        'aggregateItems',
        'concatenateItems',
        'limit',
        'removeDuplicates',
        'sort',
        'summarize',
      ],
    },
  ],
  inputs: 1,
  compile: operationOf,
});

function operationOf(kit: CompileKit): NodeExecutor {
  const { version } = kit.node;
  const isForgiving = version >= FORGIVING_VERSION;
  const operation = String(kit.raw('operation') ?? 'splitOutItems');
  switch (operation) {
    case 'splitOutItems':
      return compileSplit(kit, isForgiving ? 'skip' : 'refuse');
    case 'aggregateItems':
    case 'concatenateItems':
      return compileAggregate(kit, !isForgiving);
    case 'limit':
      return limit.compile(kit);
    case 'removeDuplicates':
      return compileDedupe(kit, version < 3.1);
    case 'sort':
      return compileSort(kit);
    case 'summarize':
      return compileSummarize(kit, !isForgiving);
    default:
      throw new NodeError('unknown-mode', `Item lists has no operation "${operation}".`);
  }
}
