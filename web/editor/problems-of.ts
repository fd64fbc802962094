import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';
import type { Ports } from '../canvas/node-types.ts';

export interface StepProblem {
  node: WorkflowNode;
  message: string;
  /** Of a parameter that has to be filled in: JSON pointer to it. */
  missing?: string;
}

/** The first thing wrong with each step that would run, by its id: why it cannot run, else what is wrong in its form. */
export function problemsOf({ nodes }: Workflow, ports: Ports | undefined): ReadonlyMap<string, StepProblem> {
  const found = new Map<string, StepProblem>();
  for (const node of nodes) {
    const port = node.disabled === true ? undefined : ports?.get(node.id);
    const problem = port?.problems?.[0];
    if (port?.fault) found.set(node.id, { node, message: port.fault.message });
    else if (problem) {
      const missing = problem.code === 'missing' ? { missing: problem.pointer } : {};
      found.set(node.id, { node, message: problem.message, ...missing });
    }
  }
  return found;
}
