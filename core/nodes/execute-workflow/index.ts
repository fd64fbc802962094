import type { Item } from '../../data/item.ts';
import { type CompileKit, NodeError, type NodeType, type StepContext, defineNode } from '../../node/kit.ts';
import { pass } from '../pass.ts';
import { compileInputs } from './inputs.ts';
import { checkSource, chosenId, INNER, innerWorkflow, workflowIdOf } from './target.ts';

export const node: NodeType = defineNode({
  type: 'execute-workflow',
  title: 'Run a workflow',
  summary: 'Runs another workflow with these items and hands on what its last node gave.',
  group: 'flow',
  icon: 'workflow',
  n8n: { type: 'n8n-nodes-base.executeWorkflow', versions: [1, 1.1, 1.2, 1.3] },
  version: 1.3,
  fields: [
    {
      name: 'source',
      label: 'Workflow from',
      type: 'options',
      default: 'database',
      options: ['database', 'parameter'],
    },
    {
      name: 'workflowId',
      label: 'Workflow',
      type: 'locator',
      required: true,
      source: 'workflows',
      show: { source: ['database'] },
    },
    {
      name: 'workflowJson',
      label: 'Workflow as JSON',
      type: 'json',
      description: 'Used when it comes from the parameter.',
      show: { source: ['parameter'] },
    },
    {
      name: 'workflowInputs',
      label: 'What it gets',
      type: 'mapper',
      source: 'workflows',
      columnsOf: 'workflowId',
      description: 'Without any value it gets the items as they are.',
      show: { source: ['database'] },
    },
    { name: 'mode', label: 'Run', type: 'options', default: 'once', options: ['once', 'each'] },
    { name: 'options.waitForSubWorkflow', label: 'Wait for it', type: 'boolean', default: true },
  ],
  inputs: 1,
  usesSecrets: () => true,
  compile(kit) {
    const source = String(kit.raw('source') ?? 'database');
    checkSource(source);
    const inner = source === INNER ? innerWorkflow(kit) : undefined;
    const workflowId = kit.param('workflowId', '');
    const wait = kit.param<boolean>('options.waitForSubWorkflow', true);
    const each = kit.raw('mode') === 'each';
    const inputs = compileInputs(kit);
    const waits = (step: StepContext): boolean => wait.at(step.scope(0)) !== false;
    return {
      outputs: 1,
      run(step) {
        if (step.items.length === 0) return { kind: 'output', outputs: [[]] };
        const items = step.items.map((item, index) => inputs(item, step.scope(index)));
        const batches = each ? items.map((item) => [item]) : [items];
        const workflow = inner ?? { id: target(step, workflowId, each) };
        return { kind: 'call', workflow, batches, wait: waits(step) };
      },
      resume(step, wake) {
        if (!waits(step) || wake.kind !== 'children') return { kind: 'output', outputs: [step.items.map(pass)] };
        const made = wake.results.flatMap((items, batch) =>
          items.map((item) => returned(item, each ? batch : undefined)),
        );
        return { kind: 'output', outputs: [made] };
      },
    };
  },
});

/** Links into the called workflow mean nothing here; in `each` mode all came from the batch's one item. */
function returned(item: Item, from: number | undefined): Item {
  const made: Item = { json: item.json };
  if (item.binary) made.binary = item.binary;
  if (from !== undefined) made.pairedItem = from;
  return made;
}

function target(step: StepContext, workflowId: ReturnType<CompileKit['param']>, each: boolean): string {
  const id = chosenId(workflowId.at(step.scope(0)));
  if (
    each &&
    !workflowId.constant &&
    step.items.some((_, index) => workflowIdOf(workflowId.at(step.scope(index))) !== id)
  ) {
    throw new NodeError('unsupported', 'All items of one step must run the same workflow.', {
      description: 'Put a Switch before it, with one of these nodes per workflow.',
    });
  }
  return id;
}
