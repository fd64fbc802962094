import { edgeKey } from '../../../core/collaboration/shape.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';

/** One value that differs; `path` is a JSON pointer into the node. */
export interface Change {
  path: string;
  before: unknown;
  after: unknown;
}

interface DocumentDiff {
  added: WorkflowNode[];
  removed: WorkflowNode[];
  changed: { node: WorkflowNode; changes: Change[] }[];
  /** As `Name → Name`. */
  addedEdges: string[];
  removedEdges: string[];
  /** The workflow's own name and settings. */
  settings: Change[];
}

/** What somebody did between two documents. Where nodes stand and what notes say does not change what runs. */
export function diffOf(before: Workflow, after: Workflow): DocumentDiff {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const now = new Map(after.nodes.map((node) => [node.id, node]));
  const changed = after.nodes.flatMap((node) => {
    const was = old.get(node.id);
    const changes = was ? changesOf(meaning(was), meaning(node)) : [];
    return changes.length > 0 ? [{ node, changes }] : [];
  });
  return {
    added: after.nodes.filter(({ id }) => !old.has(id)),
    removed: before.nodes.filter(({ id }) => !now.has(id)),
    changed,
    addedEdges: edgesBeyond(after, before),
    removedEdges: edgesBeyond(before, after),
    settings: changesOf({ name: before.name, ...before.settings }, { name: after.name, ...after.settings }),
  };
}

export const isEmptyDiff = (diff: DocumentDiff): boolean => Object.values(diff).every((list) => list.length === 0);

const meaning = ({ position: _position, group: _group, ...rest }: WorkflowNode): Record<string, unknown> => ({
  ...rest,
});

function edgesBeyond(these: Workflow, those: Workflow): string[] {
  const known = new Set(those.edges.map(edgeKey));
  const nameOf = new Map(these.nodes.map(({ id, name }) => [id, name]));
  return these.edges
    .filter((edge) => !known.has(edgeKey(edge)))
    .map(({ from, to }) => `${nameOf.get(from.node) ?? from.node} → ${nameOf.get(to.node) ?? to.node}`);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Deep: lists are compared place by place, objects by their own keys. */
export function changesOf(before: unknown, after: unknown, path = ''): Change[] {
  if (Object.is(before, after)) return [];
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, before, after }];
  }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    changesOf(own(before, key), own(after, key), `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

const own = (value: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;
