import * as Y from 'yjs';
import { putOwn } from '../data/path.ts';
import type { Json, JsonObject } from '../data/item.ts';
import type { Edge, Group, Note, Workflow, WorkflowNode } from '../graph/document.ts';
import { within } from '../graph/group.ts';
import { type SharedNode, sharedOf } from './shape.ts';

/**
 * The workflow in a shared document. What is not a node, or leads nowhere, is left out. Nodes `before` has are taken
 * from there unread: whoever reads after every key leaves out those that changed.
 */
export function readWorkflow(doc: Y.Doc, before?: ReadonlyMap<string, WorkflowNode>): Workflow {
  const { meta, nodes, edges, notes, groups, pinned } = sharedOf(doc);
  // SAFETY: validated as a whole before anything runs it; here it is only carried
  const held = [...groups.values()].filter(isObject) as unknown as Group[];
  // somebody may have taken a group away while somebody else put a step into it
  const grouped = new Set(held.map(({ id }) => id));
  const read = [...nodes].flatMap(([id, node]) => {
    const found = before?.get(id) ?? readNode(id, node);
    return found ? within(found, grouped) : [];
  });
  const known = new Set(read.map(({ id }) => id));
  const foreign = meta.get('foreign');
  const name = meta.get('name');
  return {
    schema: 1,
    name: typeof name === 'string' ? name : '',
    nodes: read,
    edges: [...edges.values()].filter((edge) => leads(edge, known)),
    settings: isObject(meta.get('settings')) ? (meta.get('settings') as JsonObject) : {},
    // SAFETY: as above
    notes: ([...notes.values()].filter(isObject) as unknown as Note[]).map((note) => within(note, grouped)),
    ...(held.length > 0 ? { groups: held } : {}),
    pinned: [...pinned].flatMap(([node, items]) => (known.has(node) && Array.isArray(items) ? [{ node, items }] : [])),
    ...(isObject(foreign) ? { foreign } : {}),
  };
}

/** Undefined for an entry that cannot be a node. */
export function readNode(id: string, shared: SharedNode): WorkflowNode | undefined {
  if (!(shared instanceof Y.Map)) return undefined;
  const node: JsonObject = {};
  for (const [key, value] of shared) putOwn(node, key, value instanceof Y.Map ? objectOf(value) : value);
  const { name, type, version, position, parameters } = node;
  const isWhole =
    typeof name === 'string' &&
    typeof type === 'string' &&
    typeof version === 'number' &&
    Array.isArray(position) &&
    isObject(parameters);
  // SAFETY: what else it holds is checked by parseWorkflow before it is stored or run
  return isWhole ? ({ ...node, id } as unknown as WorkflowNode) : undefined;
}

/** Not `toJSON`: that would lose a key called `__proto__`. */
function objectOf(map: Y.Map<Json>): JsonObject {
  const object: JsonObject = {};
  for (const [key, value] of map) putOwn(object, key, value);
  return object;
}

const leads = (edge: Edge, known: ReadonlySet<string>): boolean =>
  isObject(edge) && known.has(edge.from.node) && known.has(edge.to.node);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
