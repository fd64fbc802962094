import type { Item, JsonObject } from '../../data/item.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { perItem } from '../../node/per-item.ts';
import { compileAssignments } from './assignments.ts';
import { compileLegacyValues } from './legacy.ts';
import { compileInclude } from './include.ts';
import { compileRaw } from './raw.ts';
import type { Writer } from './writer.ts';

export const node: NodeType = defineNode({
  type: 'set',
  title: 'Set fields',
  summary: 'Adds, changes or replaces fields of each item.',
  group: 'data',
  icon: 'pencil-line',
  n8n: { type: 'n8n-nodes-base.set', versions: [1, 2, 3, 3.1, 3.2, 3.3, 3.4] },
  version: 3.4,
  fields: [
    { name: 'mode', label: 'Mode', type: 'options', default: 'manual', options: ['manual', 'raw'] },
    { name: 'assignments', label: 'Fields', type: 'assignments', show: { mode: ['manual'] } },
    { name: 'jsonOutput', label: 'JSON', type: 'json', show: { mode: ['raw'] } },
    { name: 'includeOtherFields', label: 'Keep other fields', type: 'boolean', default: false },
    {
      name: 'include',
      label: 'Which others',
      type: 'options',
      default: 'all',
      options: ['all', 'selected', 'except'],
      show: { includeOtherFields: [true] },
    },
    { name: 'includeFields', label: 'Fields to keep', type: 'string', show: { include: ['selected'] } },
    { name: 'excludeFields', label: 'Fields to drop', type: 'string', show: { include: ['except'] } },
    { name: 'options.dotNotation', label: 'Dots make paths', type: 'boolean', default: true },
    {
      name: 'options.ignoreConversionErrors',
      label: 'Keep values that do not convert',
      type: 'boolean',
      default: false,
    },
  ],
  inputs: 1,
  usesSecrets: () => true,
  compile(kit) {
    const include = compileInclude(kit);
    const write: Writer =
      kit.node.version < 3
        ? compileLegacyValues(kit)
        : kit.raw('mode') === 'raw'
          ? compileRaw(kit)
          : compileAssignments(kit);
    const needsScope = !write.constant || !include.constant;
    // Only the editor's test runs repeat items, to try a workflow with more of them.
    const copies = kit.raw('duplicateItem') === true ? kit.param('duplicateCount', 0) : undefined;
    return {
      outputs: 1,
      run(step) {
        const fixed = step.scope(0);
        const made = perItem(step, (item, index) => {
          const scope = needsScope ? step.scope(index) : fixed;
          const json: JsonObject = include.fields(item, scope);
          write.into(json, scope);
          const output: Item = { json, pairedItem: index };
          if (item.binary && include.binary) output.binary = item.binary;
          return output;
        });
        if (!copies || step.execution.mode !== 'manual') return { kind: 'output', outputs: [made] };
        const extra = Math.min(1000, Math.max(0, Math.floor(Number(copies.at(fixed)) || 0)));
        return { kind: 'output', outputs: [made.flatMap((item) => Array.from({ length: extra + 1 }, () => item))] };
      },
    };
  },
});
