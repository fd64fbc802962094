import type { GraphNode } from '../graph/graph.ts';
import { type Delivery, taskOf } from './deliver.ts';
import type { Run } from './run.ts';
import type { Step } from './step.ts';
import { routeLegacy } from './route-v0.ts';

/** Hands a finished step's outputs on. v1: depth first, the top-most then left-most target next. */
export function routeOutputs(run: Run, step: Step, allowed: ReadonlySet<number> | undefined): void {
  const { graph } = run.program;
  const node = graph.nodes[step.node];
  if (!node) return;
  if (graph.doc.settings.executionOrder === 'v0') {
    routeLegacy(run, step, node, allowed);
    return;
  }
  const deliveries = deliveriesOf(node, step, allowed);
  if (deliveries.length > 1) deliveries.sort((a, b) => byPosition(graph.nodes[a.node], graph.nodes[b.node]));
  // last first, each to the front: the first of the list ends up on top of the stack
  for (let index = deliveries.length - 1; index >= 0; index--) {
    const delivery = deliveries[index] as Delivery;
    const task = taskOf(run, step, delivery);
    if (task) run.stack.unshift(task);
  }
}

/** Targets of every output that has items. An output that fired empty ends its branch. */
function deliveriesOf(node: GraphNode, step: Step, allowed: ReadonlySet<number> | undefined): Delivery[] {
  const found: Delivery[] = [];
  for (let output = 0; output < node.outputs.length; output++) {
    const items = step.outputs[output];
    if (!items || items.length === 0) continue;
    for (const target of node.outputs[output] ?? []) {
      if (!allowed || allowed.has(target.node)) found.push({ ...target, output });
    }
  }
  return found;
}

function byPosition(a: GraphNode | undefined, b: GraphNode | undefined): number {
  const [ax, ay] = a?.def.position ?? [0, 0];
  const [bx, by] = b?.def.position ?? [0, 0];
  return ay - by || ax - bx;
}
