import type { Json, JsonObject } from '../../core/data/item.ts';
import type { Workflow, WorkflowNode, WorkflowSettings } from '../../core/graph/document.ts';

type Extra = Partial<Omit<WorkflowNode, 'id' | 'type' | 'version' | 'parameters'>>;

export const node = (
  id: string,
  type: string,
  version: number,
  parameters: JsonObject = {},
  extra: Extra = {},
): WorkflowNode => ({ id, name: id, type, version, parameters, position: [0, 0], ...extra });

export const hook = (path: string, responseMode = 'lastNode', parameters: JsonObject = {}): WorkflowNode =>
  node('hook', 'webhook', 2, { httpMethod: 'POST', path, responseMode, options: {}, ...parameters });

export const manual = (): WorkflowNode => node('start', 'manual', 1);

/** Sets fields from expressions or values; keeps the others. */
export function set(id: string, fields: Record<string, Json>, extra: Extra = {}): WorkflowNode {
  const assignments = Object.entries(fields).map(([name, value], index) => ({
    id: String(index),
    name,
    type: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string',
    value,
  }));
  const options = { ignoreConversionErrors: true };
  return node(id, 'set', 3.4, { assignments: { assignments }, includeOtherFields: true, options }, extra);
}

export const code = (id: string, jsCode: string, extra: Extra = {}): WorkflowNode =>
  node(id, 'code', 2, { jsCode }, extra);

export const http = (id: string, parameters: JsonObject, extra: Extra = {}): WorkflowNode =>
  node(id, 'http-request', 4.2, { method: 'GET', options: {}, ...parameters }, extra);

export const respond = (parameters: JsonObject = {}): WorkflowNode =>
  node('respond', 'respond', 1.1, { respondWith: 'firstIncomingItem', options: {}, ...parameters });

/** `from` or `from:output` to `to` or `to:input`. */
export type Wire = readonly [from: string, to: string];

export function workflow(
  name: string,
  nodes: WorkflowNode[],
  wires: readonly Wire[],
  settings: WorkflowSettings = {},
): Workflow {
  const end = (text: string): { node: string; port: string; index: number } => {
    const [id = '', index = '0'] = text.split(':');
    return { node: id, port: 'main', index: Number(index) };
  };
  const edges = wires.map(([from, to]) => ({ from: end(from), to: end(to) }));
  return { schema: 1, name, nodes, edges, settings, notes: [], pinned: [] };
}

/** Nodes one after another. */
export function chain(name: string, nodes: WorkflowNode[], settings: WorkflowSettings = {}): Workflow {
  const made = workflow(name, nodes, [], settings);
  made.edges = nodes.slice(1).map((to, index) => ({
    from: { node: nodes[index]?.id ?? '', port: 'main', index: 0 },
    to: { node: to.id, port: 'main', index: 0 },
  }));
  return made;
}
