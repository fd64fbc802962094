import type { Edge as FlowEdge, Node as FlowNode, NodeChange } from '@xyflow/react';
import type { Group, Workflow } from '../../core/graph/document.ts';
import type { Tone } from '../ui/surface.tsx';
import { type CanvasNode, handleOf, type StepMark } from './graph.ts';

export interface GroupData extends Record<string, unknown> {
  group: Group;
  /** Steps and notes in it. */
  count: number;
  isCollapsed: boolean;
  /** Of its steps, the one that most wants to be seen; only when they are not seen themselves. */
  mark: StepMark | undefined;
  fault: string | undefined;
}
export type GroupNode = FlowNode<GroupData, 'frame'>;

export const PADDING = 24;
export const HEADER = 32;
/** What a collapsed group is drawn as. */
export const COLLAPSED = { width: 224, height: 56 };
const URGENCY: readonly Tone[] = ['soft', 'good', 'wait', 'busy', 'bad'];

/** Ids of the groups that are drawn as one card. `seen` is what a reader chose, whatever the document says. */
export function collapsedOf(
  { groups = [] }: Pick<Workflow, 'groups'>,
  seen: ReadonlyMap<string, boolean>,
): ReadonlySet<string> {
  return new Set(groups.filter(({ id, collapsed }) => seen.get(id) ?? collapsed === true).map(({ id }) => id));
}

/** The canvas' nodes with a frame around each group, or one card in place of what is in it. */
export function withGroups(
  nodes: CanvasNode[],
  workflow: Workflow,
  { collapsed, selected }: { collapsed: ReadonlySet<string>; selected: ReadonlySet<string> },
  before: ReadonlyMap<string, CanvasNode>,
): CanvasNode[] {
  const { groups = [] } = workflow;
  if (groups.length === 0) return nodes;
  const members = new Map<string, CanvasNode[]>(groups.map(({ id }) => [id, []]));
  for (const node of nodes) members.get(groupOf(node) ?? '')?.push(node);
  const drawn = groups.flatMap((group): CanvasNode[] => {
    const inside = members.get(group.id) ?? [];
    if (inside.length === 0) return [];
    const node = groupNode(group, inside, { isCollapsed: collapsed.has(group.id), isSelected: selected.has(group.id) });
    const known = before.get(group.id);
    return [known?.type === 'frame' && isSame(known, node) ? known : node];
  });
  // frames lie below everything, and come first for the keyboard, too: what is in them follows
  return [...drawn, ...nodes.filter((node) => !collapsed.has(groupOf(node) ?? ''))];
}

export const groupOf = (node: CanvasNode): string | undefined =>
  node.type === 'card' ? node.data.group : node.type === 'note' ? node.data.note.group : undefined;

function groupNode(
  group: Group,
  inside: readonly CanvasNode[],
  { isCollapsed, isSelected }: { isCollapsed: boolean; isSelected: boolean },
): GroupNode {
  const left = Math.min(...inside.map(({ position }) => position.x)) - PADDING;
  const top = Math.min(...inside.map(({ position }) => position.y)) - PADDING - HEADER;
  const right = Math.max(...inside.map(({ position, width = 0 }) => position.x + width)) + PADDING;
  const bottom = Math.max(...inside.map(({ position, height = 0 }) => position.y + height)) + PADDING;
  const { width, height } = isCollapsed ? COLLAPSED : { width: right - left, height: bottom - top };
  const cards = inside.flatMap((node) => (node.type === 'card' ? [node.data] : []));
  const marks = cards.flatMap(({ mark }) => (mark ? [mark] : []));
  const mark = marks.toSorted((a, b) => URGENCY.indexOf(b.tone) - URGENCY.indexOf(a.tone))[0];
  const fault = cards.find((card) => card.fault !== undefined)?.fault;
  return {
    id: group.id,
    type: 'frame',
    position: { x: left, y: top },
    data: {
      group,
      count: inside.length,
      isCollapsed,
      mark: isCollapsed ? mark : undefined,
      fault: isCollapsed ? fault : undefined,
    },
    selected: isSelected,
    // only its head can be pointed at: what is drawn inside it stays within reach
    ...(isCollapsed
      ? { handles: portsOf(COLLAPSED) }
      : { zIndex: -2, style: { pointerEvents: 'none' }, dragHandle: '.group-head' }),
    connectable: false,
    width,
    height,
    measured: { width, height },
    ariaLabel: [group.name, isCollapsed ? mark?.text : undefined, isCollapsed ? fault : undefined]
      .filter(Boolean)
      .join(', '),
  };
}

function portsOf({ width, height }: typeof COLLAPSED): NonNullable<GroupNode['handles']> {
  const port = { y: height / 2 - 5, width: 10, height: 10, id: handleOf('main', 0) };
  return [
    { ...port, type: 'target', position: 'left' as never, x: -5 },
    { ...port, type: 'source', position: 'right' as never, x: width - 5 },
  ];
}

const isSame = (a: GroupNode, b: GroupNode): boolean =>
  a.selected === b.selected &&
  a.position.x === b.position.x &&
  a.position.y === b.position.y &&
  a.width === b.width &&
  a.height === b.height &&
  a.data.group === b.data.group &&
  a.data.count === b.data.count &&
  a.data.isCollapsed === b.data.isCollapsed &&
  a.data.fault === b.data.fault &&
  a.data.mark?.tone === b.data.mark?.tone &&
  a.data.mark?.text === b.data.mark?.text;

/** Edges as they are drawn: what crosses the border of a collapsed group ends at its card, what is inside is not seen. */
export function gathered(edges: FlowEdge[], workflow: Workflow, collapsed: ReadonlySet<string>): FlowEdge[] {
  if (collapsed.size === 0) return edges;
  const place = new Map<string, string>();
  for (const { id, group } of workflow.nodes) if (group !== undefined && collapsed.has(group)) place.set(id, group);
  const seen = new Set<string>();
  return edges.flatMap((edge): FlowEdge[] => {
    const [source, target] = [place.get(edge.source), place.get(edge.target)];
    if (source === undefined && target === undefined) return [edge];
    if (source === target) return [];
    const moved: FlowEdge = {
      ...edge,
      ...(source === undefined ? {} : { source, sourceHandle: handleOf('main', 0) }),
      ...(target === undefined ? {} : { target, targetHandle: handleOf('main', 0) }),
      // one line may stand for several connections
      deletable: false,
    };
    const key = JSON.stringify([moved.source, moved.sourceHandle, moved.target, moved.targetHandle]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [moved];
  });
}

/** Changes of places with those of what is in a group that is moved. `known` is where everything was. */
export function spread(
  changes: NodeChange<CanvasNode>[],
  workflow: Workflow,
  known: ReadonlyMap<string, CanvasNode>,
): NodeChange<CanvasNode>[] {
  const moved = new Set(changes.filter(({ type }) => type === 'position').map((change) => idOf(change)));
  const more = changes.flatMap((change): NodeChange<CanvasNode>[] => {
    if (change.type !== 'position' || !change.position) return [];
    const frame = known.get(change.id);
    if (frame?.type !== 'frame') return [];
    const [x, y] = [change.position.x - frame.position.x, change.position.y - frame.position.y];
    return [...workflow.nodes, ...workflow.notes]
      .filter(({ id, group }) => group === change.id && !moved.has(id))
      .map(({ id, position }) => ({
        type: 'position',
        id,
        position: { x: position[0] + x, y: position[1] + y },
        ...(change.dragging === undefined ? {} : { dragging: change.dragging }),
      }));
  });
  return more.length > 0 ? [...changes, ...more] : changes;
}

const idOf = (change: NodeChange<CanvasNode>): string => ('id' in change ? change.id : '');
