import type { Json, JsonObject } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { objectsOf } from '../field-list.ts';
import { pass } from '../pass.ts';

export const node: NodeType = defineNode({
  type: 'execution-data',
  title: 'Execution data',
  summary: 'Notes facts about the run, such as an order number, by which it is found later.',
  group: 'flow',
  icon: 'tag',
  n8n: { type: 'n8n-nodes-base.executionData', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    {
      name: 'dataToSave.values',
      label: 'Facts',
      type: 'list',
      required: true,
      description: 'Pairs of key and value: at most 10 of them, keys up to 50 and values up to 512 characters.',
      fields: [
        { name: 'key', label: 'Key', type: 'string' },
        { name: 'value', label: 'Value', type: 'string' },
      ],
    },
  ],
  inputs: 1,
  compile(kit) {
    const facts = objectsOf(kit.raw('dataToSave.values')).map(({ key, value }) => ({
      key: kit.value<Json>(key ?? ''),
      value: kit.value<Json>(value ?? ''),
    }));
    return {
      outputs: 1,
      run(step) {
        const customData: JsonObject = {};
        step.items.forEach((_, index) => {
          const scope = step.scope(index);
          for (const { key, value } of facts) {
            const found = value.at(scope);
            const text = typeof found === 'object' && found !== null ? JSON.stringify(found) : String(found ?? '');
            putOwn(customData, String(key.at(scope) ?? ''), text);
          }
        });
        return { kind: 'output', outputs: [step.items.map(pass)], customData };
      },
    };
  },
});
