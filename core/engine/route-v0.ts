import type { GraphNode } from '../graph/graph.ts';
import { taskOf } from './deliver.ts';
import type { Run } from './run.ts';
import type { Step } from './step.ts';

/**
 * n8n's legacy order, for imported files only: breadth first in the order of the connections; a join makes the
 * branches that have not run yet run too, with an empty item; inputs after the first receive empty outputs as well.
 */
export function routeLegacy(run: Run, step: Step, node: GraphNode, allowed: ReadonlySet<number> | undefined): void {
  for (let output = 0; output < node.outputs.length; output++) {
    const items = step.outputs[output];
    if (!items) continue;
    for (const target of node.outputs[output] ?? []) {
      if (allowed && !allowed.has(target.node)) continue;
      if (items.length === 0 && target.input === 0) continue;
      const task = taskOf(run, step, { ...target, output });
      if (task) {
        run.stack.push(task);
        continue;
      }
      forceParents(run, { step, join: target.node, allowed });
    }
  }
}

interface Force {
  step: Step;
  join: number;
  allowed: ReadonlySet<number> | undefined;
}

/** Starts the never-run branches that lead to the other inputs of a join, each with one empty item. */
function forceParents(run: Run, { step, join, allowed }: Force): void {
  for (const parents of run.program.graph.nodes[join]?.parents ?? []) {
    for (const parent of parents) {
      if (parent === step.node || hasRun(run, parent) || isQueued(run, parent)) continue;
      const root = idleRoot(run, { step, join, from: parent });
      if (root === undefined || (allowed && !allowed.has(root))) continue;
      run.stack.push({ node: root, inputs: [[{ json: {} }]], sources: [null] });
    }
  }
}

const hasRun = (run: Run, node: number): boolean => (run.byNode[node]?.length ?? 0) > 0;
const isQueued = (run: Run, node: number): boolean => run.stack.some((task) => task.node === node);

/**
 * Walks up from an idle node to the top of the idle part of its branch. Undefined when data may still come by itself:
 * something above is queued, or is the very step that just sent its data elsewhere.
 */
function idleRoot(run: Run, { step, join, from }: { step: Step; join: number; from: number }): number | undefined {
  const { graph, registry } = run.program;
  const seen = new Set<number>([join]);
  for (let at = from; ;) {
    if (seen.has(at)) return undefined;
    seen.add(at);
    const node = graph.nodes[at];
    const parents = (node?.parents ?? []).flat();
    // another trigger was not what started this run
    if (parents.length === 0) return node && registry.get(node.def.type)?.trigger === undefined ? at : undefined;
    if (parents.some((parent) => parent === step.node || isQueued(run, parent))) return undefined;
    const idle = parents.findLast((parent) => !hasRun(run, parent));
    if (idle === undefined) return at;
    at = idle;
  }
}
