import { type CompileKit, type NodeExecutor, type NodeType, defineNode } from '../../node/kit.ts';
import { fieldList } from '../field-list.ts';
import { type Missing, splitItem } from './split.ts';

export const node: NodeType = defineNode({
  type: 'split-out',
  title: 'Split out',
  summary: 'Makes an item of each element of a list.',
  group: 'data',
  icon: 'ungroup',
  n8n: { type: 'n8n-nodes-base.splitOut', versions: [1] },
  version: 1,
  fields: [
    { name: 'fieldToSplitOut', label: 'Fields', type: 'string', required: true },
    {
      name: 'include',
      label: 'Other fields',
      type: 'options',
      default: 'noOtherFields',
      options: ['noOtherFields', 'selectedOtherFields', 'allOtherFields'],
    },
    { name: 'fieldsToInclude', label: 'Fields to include', type: 'string', show: { include: ['selectedOtherFields'] } },
    { name: 'options.destinationFieldName', label: 'Put elements under', type: 'string' },
    { name: 'options.disableDotNotation', label: 'Dots are part of names', type: 'boolean', default: false },
    { name: 'options.includeBinary', label: 'Keep files', type: 'boolean', default: false },
  ],
  inputs: 1,
  compile: (kit) => compileSplit(kit, 'skip'),
});

/** Shared with the old Item Lists node, whose first versions refused a field that is missing or no list. */
export function compileSplit(kit: CompileKit, missing: Missing): NodeExecutor {
  const fields = kit.param('fieldToSplitOut', '');
  const targets = kit.param('options.destinationFieldName', '');
  const include = kit.param('include', 'noOtherFields');
  const included = kit.param('fieldsToInclude', '');
  const dotted = kit.raw('options.disableDotNotation') !== true;
  const keepsBinary = kit.raw('options.includeBinary') === true;
  return {
    outputs: 1,
    run(step) {
      const made = step.items.flatMap((item, index) => {
        const scope = step.scope(index);
        return splitItem(item, index, {
          fields: fieldList(fields.at(scope)),
          targets: fieldList(targets.at(scope)),
          include: String(include.at(scope)),
          included: fieldList(included.at(scope)),
          dotted,
          keepsBinary,
          missing,
        });
      });
      return { kind: 'output', outputs: [made] };
    },
  };
}
