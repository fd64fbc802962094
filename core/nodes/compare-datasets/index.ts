import { canonical } from '../../data/canonical.ts';
import type { Item, Json } from '../../data/item.ts';
import { fieldReader } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, type NodeExecutor, type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { fieldList, objectsOf } from '../field-list.ts';
import { linksOf, type Part } from '../merge/clash.ts';
import { matchItems } from '../merge/matching.ts';
import { type CompareOptions, differenceOf } from './difference.ts';
import { loose } from './loose.ts';
import { compileResolution } from './resolve.ts';

export const node: NodeType = defineNode({
  type: 'compare-datasets',
  title: 'Compare datasets',
  summary: 'Compares the items of two inputs: only in A, the same, different, only in B.',
  group: 'flow',
  icon: 'git-compare',
  n8n: { type: 'n8n-nodes-base.compareDatasets', versions: [1, 2, 2.1, 2.2, 2.3] },
  version: 2.3,
  fields: [
    {
      name: 'mergeByFields.values',
      label: 'Fields to match',
      type: 'list',
      required: true,
      description: 'Pairs of field names, `field1` of input A and `field2` of input B, by which items belong together.',
      fields: [
        { name: 'field1', label: 'Field of A', type: 'string' },
        { name: 'field2', label: 'Field of B', type: 'string' },
      ],
    },
    {
      name: 'resolve',
      label: 'When there are differences',
      type: 'options',
      default: 'includeBoth',
      options: ['preferInput1', 'preferInput2', 'mix', 'includeBoth'],
      description: 'What the output "different" holds: the item of A, of B, one with exceptions, or what differs.',
    },
    {
      name: 'fuzzyCompare',
      label: 'Forgive types',
      type: 'boolean',
      default: false,
      description: '3 is "3", [] is null.',
    },
    {
      name: 'preferWhenMix',
      label: 'Prefer',
      type: 'options',
      default: 'input1',
      options: ['input1', 'input2'],
      show: { resolve: ['mix'] },
    },
    {
      name: 'exceptWhenMix',
      label: 'For everything except',
      type: 'string',
      description: 'Names, comma-separated.',
      show: { resolve: ['mix'] },
    },
    { name: 'options.skipFields', label: 'Fields to skip comparing', type: 'string' },
    { name: 'options.disableDotNotation', label: 'Dots are part of names', type: 'boolean', default: false },
    {
      name: 'options.multipleMatches',
      label: 'Several matches',
      type: 'options',
      default: 'first',
      options: ['first', 'all'],
      description: 'Compare an item of A with the first matching item of B only, or with each.',
    },
  ],
  inputs: 'many',
  compile,
});

function compile(kit: CompileKit): NodeExecutor {
  const dotted = kit.raw('options.disableDotNotation') !== true;
  const fieldsOf = compileFields(kit);
  const resolution = compileResolution(kit, dotted);
  const fuzzy = kit.param<Json>('fuzzyCompare', kit.raw('options.fuzzyCompare') ?? false);
  const skip = kit.param<Json>('options.skipFields', '');
  const firstOnly = kit.raw('options.multipleMatches') !== 'all';
  const labels = kit.node.version < 2 ? (['input1', 'input2'] as const) : (['inputA', 'inputB'] as const);
  return {
    outputs: 4,
    requiredInputs: 1,
    run(step) {
      const scope = step.scope(0);
      const [first, second] = [step.inputs[0] ?? [], step.inputs[1] ?? []];
      const fields = fieldsOf(scope);
      const isFuzzy = fuzzy.at(scope) === true;
      const how: CompareOptions = {
        textOf: isFuzzy ? loose : canonical,
        skip: fieldList(skip.at(scope)),
        dotted,
        labels,
      };
      if (kit.node.version < 2.2) {
        requireFields(
          first,
          fields.map((field) => field.first),
          { dotted, label: 'A' },
        );
        requireFields(
          second,
          fields.map((field) => field.second),
          { dotted, label: 'B' },
        );
      }
      const { pairs, alone1, alone2 } = matchItems(first, second, { fields, dotted, fuzzy: isFuzzy, firstOnly });
      const [same, different]: [Item[], Item[]] = [[], []];
      for (const { part, partners } of pairs) {
        for (const partner of partners) {
          const [a, b] = [part.item.json, partner.item.json];
          const difference = differenceOf(a, b, how);
          if (difference) {
            const json = resolution.different({ first: a, second: b, difference }, fields, scope);
            different.push({ json, pairedItem: linksOf([part, partner]) });
          } else {
            same.push(linked(resolution.prefersSecond ? partner : part, [part, partner]));
          }
        }
      }
      const alone = (parts: readonly Part[]): Item[] => parts.map((part) => linked(part, [part]));
      return { kind: 'output', outputs: [alone(alone1), same, different, alone(alone2)] };
    },
  };
}

function linked({ item }: Part, parts: readonly Part[]): Item {
  const made: Item = { json: item.json, pairedItem: linksOf(parts) };
  if (item.binary) made.binary = item.binary;
  return made;
}

function compileFields(kit: CompileKit): (scope: Scope) => { first: string; second: string }[] {
  const pairs = objectsOf(kit.raw('mergeByFields.values')).map((entry) => ({
    first: kit.value<Json>(entry.field1 ?? ''),
    second: kit.value<Json>(entry.field2 ?? ''),
  }));
  return (scope) => {
    const fields = pairs
      .map(({ first, second }) => ({ first: String(first.at(scope)).trim(), second: String(second.at(scope)).trim() }))
      .filter(({ first, second }) => first !== '' || second !== '');
    if (fields.length > 0 && fields.every(({ first, second }) => first !== '' && second !== '')) return fields;
    throw new NodeError('no-fields', 'Name at least one field of each input to match the items by.', {
      description: 'Fill in both names of every pair under "Fields to match".',
    });
  };
}

/** Older versions refuse names that no item has, which is how typing errors were found. */
function requireFields(
  items: readonly Item[],
  names: readonly string[],
  { dotted, label }: { dotted: boolean; label: string },
): void {
  for (const name of names) {
    const read = fieldReader(name, dotted);
    if (items.length === 0 || items.some(({ json }) => read(json) !== undefined)) continue;
    throw new NodeError('no-such-field', `No item of input ${label} has the field '${name}'.`);
  }
}
