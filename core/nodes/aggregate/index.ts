import type { Item, PairedItem } from '../../data/item.ts';
import { type CompileKit, type NodeExecutor, type NodeType, defineNode } from '../../node/kit.ts';
import { collectBinaries } from './binaries.ts';
import { collectFields } from './fields.ts';
import { collectItems } from './whole-items.ts';

export const node: NodeType = defineNode({
  type: 'aggregate',
  title: 'Aggregate',
  summary: 'Makes one item of all, with lists of their values.',
  group: 'data',
  icon: 'combine',
  n8n: { type: 'n8n-nodes-base.aggregate', versions: [1] },
  version: 1,
  fields: [
    {
      name: 'aggregate',
      label: 'Aggregate',
      type: 'options',
      default: 'aggregateIndividualFields',
      options: ['aggregateIndividualFields', 'aggregateAllItemData'],
    },
    {
      name: 'fieldsToAggregate.fieldToAggregate',
      label: 'Fields',
      type: 'list',
      show: { aggregate: ['aggregateIndividualFields'] },
      fields: [
        { name: 'fieldToAggregate', label: 'Field', type: 'string' },
        { name: 'renameField', label: 'Rename it', type: 'boolean', default: false },
        { name: 'outputFieldName', label: 'New name', type: 'string', show: { renameField: [true] } },
      ],
    },
    {
      name: 'destinationFieldName',
      label: 'Put items under',
      type: 'string',
      default: 'data',
      show: { aggregate: ['aggregateAllItemData'] },
    },
    {
      name: 'include',
      label: 'Include',
      type: 'options',
      default: 'allFields',
      options: ['allFields', 'specifiedFields', 'allFieldsExcept'],
      show: { aggregate: ['aggregateAllItemData'] },
    },
    {
      name: 'options.mergeLists',
      label: 'Merge lists',
      type: 'boolean',
      default: false,
      show: { aggregate: ['aggregateIndividualFields'] },
    },
    {
      name: 'options.keepMissing',
      label: 'Keep missing values',
      type: 'boolean',
      default: false,
      show: { aggregate: ['aggregateIndividualFields'] },
    },
  ],
  inputs: 1,
  compile: (kit) => compileAggregate(kit),
});

/** `refusesMissing`: the first versions of Item Lists failed when no item had a field. */
export function compileAggregate(kit: CompileKit, refusesMissing = false): NodeExecutor {
  const collect =
    kit.raw('aggregate') === 'aggregateAllItemData' ? collectItems(kit) : collectFields(kit, refusesMissing);
  const keepsBinaries = kit.raw('options.includeBinaries') === true;
  const uniqueOnly = kit.raw('options.keepOnlyUnique') === true;
  return {
    outputs: 1,
    run(step) {
      const made: Item = {
        json: collect(step.items, step.scope(0)),
        pairedItem: step.items.map((_, item): PairedItem => ({ item })),
      };
      if (keepsBinaries) made.binary = collectBinaries(step.items, uniqueOnly);
      return { kind: 'output', outputs: [[made]] };
    },
  };
}
