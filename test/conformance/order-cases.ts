import type { Json, JsonObject } from '../../core/data/item.ts';
import type { Run } from '../../core/engine/run.ts';
import { orderOfSteps } from '../../core/shard/testing.ts';
import type { OrderCase } from './collection.ts';
import type { CaseHost } from './host.ts';
import { programOf } from './node-cases.ts';
import { difference } from './same.ts';

/** Data of every run of a node: per output, the json of its items. */
function dataOf(run: Run, name: string, allOutputs: boolean): Json {
  const indexes = run.byNode[run.program.graph.byName.get(name) ?? -1] ?? [];
  return indexes.map((index) => {
    const outputs = (run.steps[index]?.outputs ?? []).map((items) => (items ?? []).map((item) => item.json));
    return allOutputs ? outputs : [outputs[0] ?? []];
  });
}

/** The recorder's stand-ins for nodes that add fields, as nodes that do. */
function withSetNodes(workflow: JsonObject): JsonObject {
  const nodes = Array.isArray(workflow.nodes) ? workflow.nodes : [];
  return {
    ...workflow,
    nodes: nodes.map((node) => {
      if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
      if (node.type !== 'test.set' && node.type !== 'test.setMulti') return node;
      const { name, value, ...rest } = (node.parameters ?? {}) as JsonObject;
      const parameters = name === undefined ? rest : { values: { string: [{ name, value: value ?? '' }] } };
      return { ...node, type: 'n8n-nodes-base.set', typeVersion: 1, parameters };
    }),
  };
}

/** Runs the workflow and compares order and data; says why the case fails, or undefined. */
export async function runOrderCase(given: OrderCase, host: CaseHost): Promise<string | undefined> {
  try {
    const { nodeExecutionOrder, nodeData, testAllOutputs } = given.output;
    const run = await host.run(programOf(withSetNodes(given.input.workflowData), given.executionOrder), {});
    if (run.status !== 'success') return `The run ended with ${run.status}: ${run.final?.err?.message ?? ''}`;
    const order = nodeExecutionOrder && difference(orderOfSteps(run), nodeExecutionOrder, 'order');
    if (order !== undefined) return order;
    for (const [name, runs] of Object.entries(nodeData)) {
      // Some files leave the list of outputs out where only the first is meant.
      const wanted = runs.map((outputs) =>
        Array.isArray(outputs) && Array.isArray(outputs[0]) ? outputs : [outputs ?? []],
      );
      const found = difference(dataOf(run, name, testAllOutputs === true), wanted, `"${name}"`);
      if (found !== undefined) return found;
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
