import type { Item } from '../../data/item.ts';
import { type CompileKit, type NodeExecutor, type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { fieldReader } from '../../data/path.ts';
import { fieldList } from '../field-list.ts';
import { compileMeasures, type Measure } from './measures.ts';
import { groupItems } from './groups.ts';
import { nestedResult, rowResults } from './results.ts';

export const node: NodeType = defineNode({
  type: 'summarize',
  title: 'Summarize',
  summary: 'Counts, sums and collects values, for all items or per group.',
  group: 'data',
  icon: 'sigma',
  n8n: { type: 'n8n-nodes-base.summarize', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    {
      name: 'fieldsToSummarize.values',
      label: 'Measures',
      type: 'list',
      required: true,
      fields: [
        {
          name: 'aggregation',
          label: 'Measure',
          type: 'options',
          options: ['append', 'average', 'concatenate', 'count', 'countUnique', 'max', 'min', 'sum'],
          default: 'count',
        },
        { name: 'field', label: 'Field', type: 'string' },
        {
          name: 'includeEmpty',
          label: 'Count empty values too',
          type: 'boolean',
          default: false,
          show: { aggregation: ['append', 'concatenate', 'count', 'countUnique'] },
        },
        {
          name: 'separateBy',
          label: 'Separate by',
          type: 'options',
          default: ',',
          options: [',', ' ', '\n', 'other'],
          show: { aggregation: ['concatenate'] },
        },
        { name: 'customSeparator', label: 'Separator', type: 'string', show: { separateBy: ['other'] } },
      ],
    },
    { name: 'fieldsToSplitBy', label: 'Group by', type: 'string' },
    {
      name: 'options.outputFormat',
      label: 'Output',
      type: 'options',
      default: 'separateItems',
      options: ['separateItems', 'singleItem'],
    },
    { name: 'options.skipEmptySplitFields', label: 'Leave out items without a group', type: 'boolean', default: false },
    { name: 'options.disableDotNotation', label: 'Dots are part of names', type: 'boolean', default: false },
    {
      name: 'options.continueIfFieldNotFound',
      label: 'Go on when no item has a field',
      type: 'boolean',
      default: false,
    },
  ],
  inputs: 1,
  compile: (kit) =>
    compileSummarize(kit, kit.node.version < 1.1 && kit.raw('options.continueIfFieldNotFound') !== true),
});

export function compileSummarize(kit: CompileKit, refusesMissing: boolean): NodeExecutor {
  const measures = compileMeasures(kit);
  const splitBy = kit.param('fieldsToSplitBy', '');
  const dotted = kit.raw('options.disableDotNotation') !== true;
  const isSingle = kit.raw('options.outputFormat') === 'singleItem';
  const skipsEmpty = kit.raw('options.skipEmptySplitFields') === true;
  return {
    outputs: 1,
    run(step) {
      const scope = step.scope(0);
      const wanted = measures(scope);
      if (refusesMissing) requireFields(step.items, wanted);
      const names = fieldList(splitBy.at(scope));
      const readers = names.map((name) => fieldReader(name, dotted));
      const root = groupItems(step.items, { readers, skipsEmpty });
      const made = isSingle ? [nestedResult(root, wanted)] : rowResults(root, { names, measures: wanted });
      return { kind: 'output', outputs: [made] };
    },
  };
}

function requireFields(items: readonly Item[], measures: readonly Measure[]): void {
  for (const { field, read } of measures) {
    if (items.some(({ json }) => read(json) !== undefined)) continue;
    throw new NodeError('no-such-field', `No item has the field '${field}'.`);
  }
}
