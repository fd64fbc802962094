import type { Edge, Workflow, WorkflowNode } from '../../../core/graph/document.ts';

/** A node by its type, with an id that is its name. */
export const node = (
  name: string,
  type: string,
  version: number,
  parameters: WorkflowNode['parameters'] = {},
): WorkflowNode => ({
  id: name,
  name,
  type,
  version,
  parameters,
  position: [0, 0],
});

/** Nodes one after the other. */
export function chain(name: string, ...nodes: WorkflowNode[]): Workflow {
  const edges = nodes.slice(1).map((each, index): Edge => ({
    from: { node: nodes[index]?.id ?? '', port: 'main', index: 0 },
    to: { node: each.id, port: 'main', index: 0 },
  }));
  return { schema: 1, name, nodes, edges, settings: {}, notes: [], pinned: [] };
}

/** One assignment of a Set node that adds to what it gets. */
export const setNode = (name: string, field: string, value: string): WorkflowNode =>
  node(name, 'set', 3.4, {
    assignments: { assignments: [{ id: field, name: field, type: 'string', value }] },
    includeOtherFields: true,
    options: {},
  });

export const webhookNode = (path: string, rest: WorkflowNode['parameters'] = {}): WorkflowNode =>
  node('Webhook', 'webhook', 2, { httpMethod: 'POST', path, responseMode: 'lastNode', options: {}, ...rest });

/** A webhook that answers with its item and one more field. */
export const echo = (path: string, mark = 'one'): Workflow =>
  chain(`Echo ${path}`, webhookNode(path), setNode('Mark', 'mark', mark));
