import type { Item, Json, JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { putOwn } from '../../data/path.ts';
import { type CompileKit, type NodeType, NodeError, type StepContext, defineNode } from '../../node/kit.ts';
import { compileInputs } from '../execute-workflow/inputs.ts';
import { checkSource, chosenId, INNER, innerWorkflow } from '../execute-workflow/target.ts';
import { objectsOf } from '../field-list.ts';
import { TOOL_DIFFERS, toolInput } from '../tool-input.ts';

export const node: NodeType = defineNode({
  type: 'tool-workflow',
  title: 'Workflow tool',
  summary: 'Runs a workflow for each item and gives its answer as `response`.',
  group: 'flow',
  icon: 'workflow',
  n8n: {
    type: '@n8n/n8n-nodes-langchain.toolWorkflow',
    versions: [1, 1.1, 1.2, 1.3, 2, 2.1, 2.2],
    differs: TOOL_DIFFERS,
  },
  version: 2.2,
  fields: [
    { name: 'name', label: 'Name', type: 'string', description: 'What an agent calls it.' },
    { name: 'description', label: 'Description', type: 'string', description: 'Tells an agent when to use it.' },
    {
      name: 'source',
      label: 'Workflow from',
      type: 'options',
      default: 'database',
      options: ['database', 'parameter'],
    },
    {
      name: 'workflowJson',
      label: 'Workflow as JSON',
      type: 'json',
      description: 'Used when it comes from the parameter.',
    },
    { name: 'workflowId', label: 'Workflow', type: 'string', required: true },
    { name: 'workflowInputs', label: 'Inputs', type: 'collection', description: 'Fields the workflow gets.' },
    {
      name: 'responsePropertyName',
      label: 'Field with the answer',
      type: 'string',
      default: 'response',
      description: 'Before version 2 only: later the answer is all the workflow gave.',
    },
    { name: 'fields.values', label: 'More fields', type: 'collection', description: 'Before version 2 only.' },
  ],
  inputs: 1,
  usesSecrets: () => true,
  compile(kit) {
    const source = textOf(kit.raw('source') ?? 'database');
    const workflowId = kit.param('workflowId', '');
    const inputOf = kit.node.version >= 2 ? compileInputs(kit) : compileOldInput(kit);
    const property = kit.param<Json>('responsePropertyName', 'response');
    return {
      outputs: 1,
      run(step) {
        if (step.items.length === 0) return { kind: 'output', outputs: [[]] };
        // Said when it runs: most tools hang beside the flow, and must not keep it from being published.
        checkSource(source);
        const workflow = source === INNER ? innerWorkflow(kit) : { id: chosenId(workflowId.at(step.scope(0))) };
        const batches = step.items.map((item, index) => [inputOf(item, step.scope(index))]);
        return { kind: 'call', workflow, batches, wait: true };
      },
      resume(step, wake) {
        if (wake.kind !== 'children') throw new NodeError('bad-wake', `A tool cannot continue after '${wake.kind}'.`);
        const answers = wake.results.map((items, index) => answerOf(step, items, { kit, index, property }));
        return { kind: 'output', outputs: [answers] };
      },
    };
  },
});

/** Version 1 sent the agent's text as `query`, and fields of its own. */
function compileOldInput(
  kit: CompileKit,
): (item: Item, scope: Parameters<ReturnType<typeof compileInputs>>[1]) => Item {
  const fields = objectsOf(kit.raw('fields.values')).map((entry) => {
    const key = textOf(entry['type'] ?? 'stringValue');
    return { name: kit.value<Json>(entry['name']), value: kit.value<Json>(entry[key]) };
  });
  return (item, scope) => {
    const json: JsonObject = { query: toolInput(item) };
    for (const { name, value } of fields) putOwn(json, textOf(name.at(scope)), value.at(scope) ?? null);
    return { json };
  };
}

function answerOf(
  step: StepContext,
  items: readonly Item[],
  { kit, index, property }: { kit: CompileKit; index: number; property: ReturnType<CompileKit['param']> },
): Item {
  const pairedItem = { item: index };
  if (kit.node.version >= 2) {
    const all = items.map(({ json }) => json);
    return { json: { response: all.length === 1 ? textOf(all[0] ?? {}) : textOf(all) }, pairedItem };
  }
  const name = textOf(property.at(step.scope(index))) || 'response';
  const json = items[0]?.json;
  if (json && Object.hasOwn(json, name)) return { json: { response: json[name] as Json }, pairedItem };
  const message = `The workflow gave no field "${name}".`;
  if (step.continueOnFail) return { json: { error: message }, pairedItem };
  throw new NodeError('no-response', message, { itemIndex: index, description: 'Its last node must set it.' });
}
