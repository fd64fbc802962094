import type { Group, Workflow, WorkflowNode } from '../../core/graph/document.ts';

/** One line of the outline: a group, or a step, which stands below its group. */
export type OutlineRow =
  | { kind: 'group'; group: Group; count: number }
  | { kind: 'node'; node: WorkflowNode; isInside: boolean };

/** Steps in the document's order, those of a group together where its first one stands; of a collapsed one, none. */
export function rowsOf({ nodes, groups = [] }: Workflow): OutlineRow[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const members = new Map<string, WorkflowNode[]>();
  for (const node of nodes) {
    if (node.group === undefined || !byId.has(node.group)) continue;
    const held = members.get(node.group);
    if (held) held.push(node);
    else members.set(node.group, [node]);
  }
  const done = new Set<string>();
  return nodes.flatMap((node): OutlineRow[] => {
    const group = node.group === undefined ? undefined : byId.get(node.group);
    if (!group) return [{ kind: 'node', node, isInside: false }];
    if (done.has(group.id)) return [];
    done.add(group.id);
    const inside = members.get(group.id) ?? [];
    const rows = inside.map((each): OutlineRow => ({ kind: 'node', node: each, isInside: true }));
    return [{ kind: 'group', group, count: inside.length }, ...(group.collapsed === true ? [] : rows)];
  });
}
