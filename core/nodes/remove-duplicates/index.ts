import { canonical } from '../../data/canonical.ts';
import type { Item, JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { deletePath, fieldPath, fieldReader, setPath } from '../../data/path.ts';
import { type CompileKit, NodeError, type NodeExecutor, type NodeType, defineNode } from '../../node/kit.ts';
import { fieldList } from '../field-list.ts';
import { pass } from '../pass.ts';
import { compileAcrossRuns, compileClear } from './history.ts';

export const node: NodeType = defineNode({
  type: 'remove-duplicates',
  title: 'Remove duplicates',
  summary: 'Keeps the first of items that are alike.',
  group: 'data',
  icon: 'copy-minus',
  n8n: { type: 'n8n-nodes-base.removeDuplicates', versions: [1, 1.1, 2] },
  version: 2,
  fields: [
    {
      name: 'operation',
      label: 'Operation',
      type: 'options',
      default: 'removeDuplicateInputItems',
      options: ['removeDuplicateInputItems', 'removeItemsSeenInPreviousExecutions', 'clearDeduplicationHistory'],
      description: 'Compare the items with each other, with those of earlier runs, or forget what was seen.',
    },
    {
      name: 'logic',
      label: 'Keep items where',
      type: 'options',
      default: 'removeItemsWithAlreadySeenKeyValues',
      options: [
        'removeItemsWithAlreadySeenKeyValues',
        'removeItemsUpToStoredIncrementalKey',
        'removeItemsUpToStoredDate',
      ],
      description: 'The value is new, higher than any before, or a later date than any before.',
      show: { operation: ['removeItemsSeenInPreviousExecutions'] },
    },
    { name: 'dedupeValue', label: 'Value', type: 'string', show: { logic: ['removeItemsWithAlreadySeenKeyValues'] } },
    {
      name: 'incrementalDedupeValue',
      label: 'Number',
      type: 'number',
      show: { logic: ['removeItemsUpToStoredIncrementalKey'] },
    },
    { name: 'dateDedupeValue', label: 'Date', type: 'string', show: { logic: ['removeItemsUpToStoredDate'] } },
    { name: 'options.scope', label: 'Remember for', type: 'options', default: 'node', options: ['node', 'workflow'] },
    {
      name: 'options.historySize',
      label: 'Values to remember',
      type: 'number',
      default: 10_000,
      description: 'At most 15,000; the ones seen last.',
    },
    {
      name: 'compare',
      label: 'Compare',
      type: 'options',
      default: 'allFields',
      options: ['allFields', 'allFieldsExcept', 'selectedFields'],
      show: { operation: ['removeDuplicateInputItems'] },
    },
    { name: 'fieldsToCompare', label: 'Fields to compare', type: 'string', show: { compare: ['selectedFields'] } },
    { name: 'fieldsToExclude', label: 'Fields to leave out', type: 'string', show: { compare: ['allFieldsExcept'] } },
    { name: 'options.removeOtherFields', label: 'Remove the other fields', type: 'boolean', default: false },
    { name: 'options.disableDotNotation', label: 'Dots are part of names', type: 'boolean', default: false },
  ],
  inputs: 1,
  compile(kit) {
    const operation = textOf(kit.raw('operation'), 'removeDuplicateInputItems');
    if (operation === 'removeItemsSeenInPreviousExecutions') return compileAcrossRuns(kit);
    if (operation === 'clearDeduplicationHistory') return compileClear(kit);
    if (operation !== 'removeDuplicateInputItems') {
      throw new NodeError('unknown-mode', `Remove duplicates has no operation "${operation.slice(0, 80)}".`);
    }
    return compileDedupe(kit, kit.node.version < 1.1);
  },
});

export function compileDedupe(kit: CompileKit, refusesMissing: boolean): NodeExecutor {
  const compare = kit.param('compare', 'allFields');
  const selected = kit.param('fieldsToCompare', '');
  const excluded = kit.param('fieldsToExclude', '');
  const dotted = kit.raw('options.disableDotNotation') !== true;
  const removesOthers = kit.raw('options.removeOtherFields') === true;
  return {
    outputs: 1,
    run(step) {
      const scope = step.scope(0);
      const mode = textOf(compare.at(scope));
      const names =
        mode === 'selectedFields'
          ? fieldList(selected.at(scope))
          : mode === 'allFieldsExcept'
            ? fieldList(excluded.at(scope))
            : [];
      if (mode !== 'allFields' && names.length === 0) {
        throw new NodeError('no-fields', 'Name the fields to compare by.');
      }
      if (refusesMissing && mode === 'selectedFields') requireFields(step.items, names, dotted);
      const part = compared(mode, names, dotted);
      const seen = new Set<string>();
      const kept: Item[] = [];
      for (const [index, item] of step.items.entries()) {
        const json = part(item.json);
        const key = canonical(json);
        if (seen.has(key)) continue;
        seen.add(key);
        kept.push(removesOthers ? pass({ ...item, json }, index) : pass(item, index));
      }
      return { kind: 'output', outputs: [kept] };
    },
  };
}

/** The part of an item that decides whether it is a duplicate. */
function compared(mode: string, names: readonly string[], dotted: boolean): (json: JsonObject) => JsonObject {
  if (mode === 'allFields') return (json) => json;
  if (mode === 'allFieldsExcept') {
    return (json) => {
      const copy = { ...json };
      for (const name of names) deletePath(copy, fieldPath(name, dotted)(copy));
      return copy;
    };
  }
  return (json) => {
    const made: JsonObject = {};
    for (const name of names) {
      const value = fieldReader(name, dotted)(json);
      if (value !== undefined) setPath(made, fieldPath(name, dotted)(json), value);
    }
    return made;
  };
}

function requireFields(items: readonly Item[], names: readonly string[], dotted: boolean): void {
  for (const name of names) {
    const read = fieldReader(name, dotted);
    const index = items.findIndex(({ json }) => read(json) === undefined);
    if (index < 0) continue;
    throw new NodeError('no-such-field', `The item has no field '${name}' to compare [item ${index}]`, {
      itemIndex: index,
    });
  }
}
