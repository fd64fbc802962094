import type { Target } from '../graph/graph.ts';
import type { Run } from './run.ts';
import type { Step, Task } from './step.ts';

/** Data of one output on its way to one input. */
export interface Delivery extends Target {
  output: number;
}

/** The task a delivery completes, if it does. */
export function taskOf(run: Run, step: Step, { node, input, output }: Delivery): Task | undefined {
  const inputCount = run.program.graph.nodes[node]?.inputCount ?? 1;
  const items = step.outputs[output] ?? [];
  const source = { step: step.index, output };
  if (inputCount > 1) return run.joins.arrive({ node, input, items, source }, inputCount);
  return { node, inputs: [items], sources: [source] };
}
