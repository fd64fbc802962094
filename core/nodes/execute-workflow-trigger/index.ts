import { parseRelaxed } from '../../conditions/index.ts';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import { type CompileKit, type NodeType, defineNode } from '../../node/kit.ts';
import { isObject, objectsOf } from '../field-list.ts';
import { startItems } from '../start-items.ts';

export const node: NodeType = defineNode({
  type: 'execute-workflow-trigger',
  title: 'When run by a workflow',
  summary: 'Starts when another workflow runs this one.',
  group: 'trigger',
  icon: 'log-in',
  n8n: { type: 'n8n-nodes-base.executeWorkflowTrigger', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    {
      name: 'inputSource',
      label: 'Input',
      type: 'options',
      default: 'workflowInputs',
      options: ['workflowInputs', 'jsonExample', 'passthrough'],
    },
    {
      name: 'workflowInputs.values',
      label: 'Fields',
      type: 'list',
      description: 'What other workflows give; without any field it takes whatever comes.',
      show: { inputSource: ['workflowInputs'] },
      fields: [
        { name: 'name', label: 'Name', type: 'string' },
        {
          name: 'type',
          label: 'Type',
          type: 'options',
          default: 'any',
          options: ['any', 'string', 'number', 'boolean', 'array', 'object'],
        },
      ],
    },
    { name: 'jsonExample', label: 'Example', type: 'json', show: { inputSource: ['jsonExample'] } },
  ],
  trigger: 'workflow',
  inputs: 0,
  compile(kit) {
    const names = declared(kit);
    if (!names) return startItems();
    return { outputs: 1, run: (step) => ({ kind: 'output', outputs: [step.items.map((item) => only(item, names))] }) };
  },
});

/** Fields the workflow says it takes; undefined when it takes whatever comes. */
function declared(kit: CompileKit): string[] | undefined {
  if (kit.node.version < 1.1) return undefined;
  const source = String(kit.raw('inputSource') ?? 'workflowInputs');
  if (source === 'passthrough') return undefined;
  if (source === 'jsonExample') {
    const raw = kit.raw('jsonExample');
    const example = typeof raw === 'string' ? parseRelaxed(raw) : raw;
    return isObject(example) ? Object.keys(example) : undefined;
  }
  const names = objectsOf(kit.raw('workflowInputs.values')).flatMap(({ name }) =>
    typeof name === 'string' && name !== '' ? [name] : [],
  );
  return names.length > 0 ? names : undefined;
}

/** Declared fields and no others; what the caller left out is null. */
function only(item: Item, names: readonly string[]): Item {
  const json: JsonObject = {};
  for (const name of names) {
    putOwn(json, name, (Object.hasOwn(item.json, name) ? (item.json[name] as Json) : null) ?? null);
  }
  return { ...item, json };
}
