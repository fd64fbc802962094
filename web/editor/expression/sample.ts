import type { Item, JsonObject } from '../../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';

export interface SampleStep {
  /** Name of the node now, whatever it was called then. */
  node: string;
  runIndex: number;
  sources: ({ step: number; output: number } | null)[];
  outputs: (Item[] | null)[];
}

/** Everything an expression on one node could read, as data: of the last run, and what is pinned. */
export interface Sample {
  workflow: { id: string; name: string; active: boolean };
  node: { id: string; name: string; version: number; parameters: JsonObject };
  /** Parameters by node name. */
  nodes: { name: string; parameters: JsonObject }[];
  steps: SampleStep[];
  /** What flows into each input of the node; undefined: nothing known. */
  inputs: ({ from: string; output: number; step: number; items: Item[] } | undefined)[];
  vars: JsonObject;
  zone: string;
  execution: { id: string; mode: string };
}

/** Of a larger output the first ones are enough to write expressions with, and quick to hand over. */
const MAX_ITEMS = 500;

interface RunData {
  id: string;
  nodes: readonly {
    node: string;
    runIndex: number;
    status: string;
    sources?: unknown;
    outputs: readonly (readonly object[] | null)[];
  }[];
}

export function sampleOf(
  id: string,
  workflow: Workflow,
  node: WorkflowNode,
  { run, vars }: { run: RunData | undefined; vars: JsonObject },
): Sample {
  const names = new Map(workflow.nodes.map((each) => [each.id, each.name]));
  const pinned = new Map(workflow.pinned.map((pin) => [pin.node, pin.items]));
  // places in `steps` are places in the run, so that its sources stay true
  const steps = (run?.nodes ?? []).map((step): SampleStep => {
    const pin = pinned.get(step.node);
    return {
      node: names.get(step.node) ?? '',
      runIndex: step.runIndex,
      sources: Array.isArray(step.sources) ? (step.sources as SampleStep['sources']) : [],
      // SAFETY: what the API gives are items
      outputs: pin
        ? [pin.slice(0, MAX_ITEMS)]
        : step.outputs.map((items) => items && (items.slice(0, MAX_ITEMS) as Item[])),
    };
  });
  for (const [pin, items] of pinned) {
    const name = names.get(pin);
    if (name === undefined || steps.some((step) => step.node === name)) continue;
    steps.push({ node: name, runIndex: 0, sources: [], outputs: [items.slice(0, MAX_ITEMS)] });
  }
  const inputs: Sample['inputs'] = [];
  for (const { from, to } of workflow.edges) {
    if (to.node !== node.id || to.port !== 'main' || inputs[to.index]) continue;
    const name = names.get(from.node) ?? '';
    const step = steps.findLastIndex((each) => each.node === name);
    const items = steps[step]?.outputs[from.index];
    if (items) inputs[to.index] = { from: name, output: from.index, step, items };
  }
  const { id: nodeId, name, version, parameters } = node;
  return {
    workflow: { id, name: workflow.name, active: false },
    node: { id: nodeId, name, version, parameters },
    nodes: workflow.nodes.map((each) => ({ name: each.name, parameters: each.parameters })),
    steps,
    inputs: Array.from({ length: inputs.length }, (_, index) => inputs[index]),
    vars,
    zone: workflow.settings.timezone ?? 'UTC',
    execution: { id: run?.id ?? '', mode: 'manual' },
  };
}
