import type { Item, JsonObject } from '../../data/item.ts';
import { deletePath, fieldPath, fieldReader, setPath } from '../../data/path.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { perItem } from '../../node/per-item.ts';
import { objectsOf } from '../field-list.ts';
import { compileReplacements } from './replacement.ts';

export const node: NodeType = defineNode({
  type: 'rename-keys',
  title: 'Rename keys',
  summary: 'Renames fields, by name or by pattern.',
  group: 'data',
  icon: 'replace',
  n8n: { type: 'n8n-nodes-base.renameKeys', versions: [1] },
  version: 1,
  fields: [
    {
      name: 'keys.key',
      label: 'Keys',
      type: 'list',
      fields: [
        { name: 'currentKey', label: 'From', type: 'string' },
        { name: 'newKey', label: 'To', type: 'string' },
      ],
    },
    {
      name: 'additionalOptions.regexReplacement.replacements',
      label: 'Patterns',
      type: 'list',
      fields: [
        { name: 'searchRegex', label: 'Pattern', type: 'string' },
        { name: 'replaceRegex', label: 'Replace by', type: 'string' },
      ],
    },
  ],
  inputs: 1,
  compile(kit) {
    const renames = objectsOf(kit.raw('keys.key')).map((entry) => ({
      from: kit.value(entry.currentKey ?? ''),
      to: kit.value(entry.newKey ?? ''),
    }));
    const replace = compileReplacements(kit);
    return {
      outputs: 1,
      run(step) {
        const made = perItem(step, (item, index) => {
          const scope = step.scope(index);
          const json: JsonObject = { ...item.json };
          for (const { from, to } of renames) rename(json, String(from.at(scope) ?? ''), String(to.at(scope) ?? ''));
          const output: Item = { json: replace(json, scope), pairedItem: index };
          if (item.binary) output.binary = item.binary;
          return output;
        });
        return { kind: 'output', outputs: [made] };
      },
    };
  },
});

function rename(json: JsonObject, from: string, to: string): void {
  if (from === '' || to === '' || from === to) return;
  const value = fieldReader(from)(json);
  if (value === undefined) return;
  const path = fieldPath(from)(json);
  setPath(json, fieldPath(to)(json), value);
  deletePath(json, path);
}
