import type { Workflow, WorkflowNode } from './document.ts';

/** The type that runs: the bound one, else the node's own. */
export const runningType = ({ binding, type }: WorkflowNode): string => binding?.type ?? type;

/**
 * The document as it runs: every bound node is the node it is bound to, under its own id, name and error handling.
 * `newest` is the newest version of a type, for bindings that name none.
 */
export function withBindings(doc: Workflow, newest: (type: string) => number | undefined): Workflow {
  if (!doc.nodes.some(({ binding }) => binding)) return doc;
  return { ...doc, nodes: doc.nodes.map((node) => boundNode(node, newest)) };
}

function boundNode(node: WorkflowNode, newest: (type: string) => number | undefined): WorkflowNode {
  const { binding, ...rest } = node;
  if (!binding) return node;
  const { type, parameters, version = newest(type) ?? 1, credentials = node.credentials } = binding;
  return { ...rest, type, version, parameters, ...(credentials ? { credentials } : {}) };
}
