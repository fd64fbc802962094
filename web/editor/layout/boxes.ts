import type { Workflow } from '../../../core/graph/document.ts';
import { COLLAPSED, HEADER, PADDING } from '../../canvas/groups.ts';

export interface LayoutRequest {
  nodes: { id: string; width: number; height: number; group?: string }[];
  edges: { from: string; to: string }[];
  /** Groups whose members are to stay together. */
  groups: string[];
}
export type LayoutReply = [id: string, position: [x: number, y: number]][];

const WIDTH = 192;
const ROW = 18;
const MIN_HEIGHT = 48;

/** What is laid out: every node, and one box for a group that is drawn as one card. */
export function requestOf(
  { nodes, edges, groups = [] }: Workflow,
  outputs: ReadonlyMap<string, number>,
): LayoutRequest {
  const collapsed = new Set(groups.filter((group) => group.collapsed === true).map(({ id }) => id));
  const box = new Map(nodes.map(({ id, group }) => [id, group !== undefined && collapsed.has(group) ? group : id]));
  const open = new Set(nodes.flatMap(({ group }) => (group === undefined || collapsed.has(group) ? [] : [group])));
  const boxes = new Set(nodes.flatMap(({ group }) => (group !== undefined && collapsed.has(group) ? [group] : [])));
  return {
    nodes: [
      ...[...boxes].map((id) => ({ id, ...COLLAPSED })),
      ...nodes
        .filter(({ id }) => box.get(id) === id)
        .map(({ id, group }) => ({
          id,
          width: WIDTH,
          height: Math.max(MIN_HEIGHT, ((outputs.get(id) ?? 1) + 1) * ROW),
          ...(group === undefined ? {} : { group }),
        })),
    ],
    edges: edges.flatMap(({ from, to }) => {
      const [source, target] = [box.get(from.node), box.get(to.node)];
      return source === undefined || target === undefined || source === target ? [] : [{ from: source, to: target }];
    }),
    groups: [...open],
  };
}

/** Places of nodes from those of boxes: what is in a collapsed group moves as one, and begins within its frame. */
export function places({ nodes }: Workflow, reply: LayoutReply): ReadonlyMap<string, [number, number]> {
  const found = new Map(reply);
  const corners = new Map<string, [number, number]>();
  for (const { group, position } of nodes) {
    if (group === undefined) continue;
    const [x, y] = corners.get(group) ?? [Infinity, Infinity];
    corners.set(group, [Math.min(x, position[0]), Math.min(y, position[1])]);
  }
  const moved = new Map<string, [number, number]>();
  for (const { id, group = '', position } of nodes) {
    const own = found.get(id);
    const [box, corner] = [found.get(group), corners.get(group)];
    if (own) moved.set(id, own);
    else if (box && corner) {
      const [x, y] = [box[0] + PADDING - corner[0], box[1] + PADDING + HEADER - corner[1]];
      moved.set(id, [position[0] + x, position[1] + y]);
    }
  }
  return moved;
}
