import { applyNodeChanges, type NodeChange, type ReactFlowInstance, type ReactFlowProps } from '@xyflow/react';
import { type Dispatch, type RefObject, type SetStateAction, useRef, useState } from 'react';
import type { Workflow } from '../../core/graph/document.ts';
import type { CanvasEdits } from './canvas.tsx';
import { type CanvasNode, type CardNode, portOf } from './graph.ts';
import { spread } from './groups.ts';
import { regrouped } from './regroup.ts';

const NO_GROUPS: ReadonlyMap<string, string | undefined> = new Map();

/** Groups as they are once everything that is dragged is dropped where it is. */
const groupsAfter = (changes: NodeChange<CanvasNode>[], nodes: CanvasNode[]): typeof NO_GROUPS => {
  const places = changes.filter((change) => change.type === 'position');
  return regrouped(new Set(places.map(({ id }) => id)), applyNodeChanges(places, nodes));
};

/** The card that lies at a place of the screen. */
const cardAt = (nodes: readonly CanvasNode[], x: number, y: number): CardNode | undefined => {
  const id = document.elementFromPoint(x, y)?.closest('.react-flow__node-card')?.getAttribute('data-id');
  const found = nodes.find((node) => node.id === id);
  return found?.type === 'card' ? found : undefined;
};

interface GesturesUse {
  workflow: Workflow;
  selected: ReadonlySet<string>;
  edits: CanvasEdits | undefined;
  onSelect: (ids: string[]) => void;
  onEdge: ((key: string | undefined) => void) | undefined;
  onReady: ((flow: ReactFlowInstance<CanvasNode>) => void) | undefined;
  flow: RefObject<ReactFlowInstance<CanvasNode> | undefined>;
  /** Where everything was when it was last drawn. */
  known: RefObject<ReadonlyMap<string, CanvasNode>>;
  nodes: CanvasNode[];
  setNodes: Dispatch<SetStateAction<CanvasNode[]>>;
  setSelectedEdges: Dispatch<SetStateAction<ReadonlySet<string>>>;
  /** Told which group would be given what is dragged, were it dropped here. */
  setAimed: (group: string | undefined) => void;
}

type Gestures = Required<
  Pick<
    ReactFlowProps<CanvasNode>,
    | 'onNodesChange'
    | 'onEdgesChange'
    | 'onConnect'
    | 'onConnectEnd'
    | 'onEdgeDoubleClick'
    | 'onSelectionStart'
    | 'onSelectionEnd'
    | 'onInit'
  >
>;

/** What hands do on the canvas. The same functions for good: with others React Flow would look through all it draws. */
export function useGestures(use: GesturesUse): Gestures {
  const latest = useRef(use);
  latest.current = use;
  /** What the box has in it that is being drawn. */
  const boxed = useRef<Set<string>>(undefined);
  // arrow keys move, too, and do nothing to groups
  const isDragging = useRef(false);
  const [gestures] = useState<Gestures>(() => ({
    onNodesChange(made) {
      const { workflow, selected, edits, onSelect, known, nodes, setNodes, setAimed } = latest.current;
      const changes = spread(made, workflow, known.current);
      setNodes((before) => applyNodeChanges(changes, before));
      const places = changes.filter((change) => change.type === 'position');
      if (edits && places.some(({ dragging }) => dragging === true)) {
        isDragging.current = true;
        setAimed([...groupsAfter(changes, nodes).values()].find((group) => group !== undefined));
      }
      const removed = changes.filter((change) => change.type === 'remove').map(({ id }) => id);
      if (removed.length > 0) edits?.remove(removed);
      const chosen = changes.filter((change) => change.type === 'select');
      if (chosen.length > 0) {
        const next = boxed.current ?? new Set(selected);
        for (const change of chosen) {
          if (change.selected) next.add(change.id);
          else next.delete(change.id);
        }
        // while a box is drawn nothing opens beside it
        if (!boxed.current) onSelect([...next]);
      }
      const moved = places.flatMap(({ id, dragging, position }) =>
        dragging === false && position ? [[id, [Math.round(position.x), Math.round(position.y)]] as const] : [],
      );
      if (moved.length > 0) {
        edits?.move(new Map(moved), isDragging.current ? groupsAfter(changes, nodes) : NO_GROUPS);
        isDragging.current = false;
        setAimed(undefined);
      }
    },
    onEdgesChange(changes) {
      const { edits, onEdge, setSelectedEdges } = latest.current;
      const removed = changes.filter((change) => change.type === 'remove').map(({ id }) => id);
      if (removed.length > 0) edits?.disconnect(removed);
      const chosen = changes.find((change) => change.type === 'select' && change.selected);
      if (chosen?.type === 'select') onEdge?.(chosen.id);
      else if (changes.some(({ type }) => type === 'select' || type === 'remove')) onEdge?.(undefined);
      setSelectedEdges((before) => {
        const next = new Set(before);
        for (const change of changes) {
          if (change.type !== 'select') continue;
          if (change.selected) next.add(change.id);
          else next.delete(change.id);
        }
        return next;
      });
    },
    onConnect({ source, sourceHandle, target, targetHandle }) {
      const from = { node: source, ...portOf(sourceHandle) };
      latest.current.edits?.connect(from, { node: target, ...portOf(targetHandle) });
    },
    onConnectEnd(event, { isValid, fromNode, fromHandle, toNode }) {
      if (isValid || !fromNode || !fromHandle) return;
      const { edits, flow, nodes } = latest.current;
      const { clientX, clientY } =
        'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
      const end = { node: fromNode.id, ...portOf(fromHandle.id) };
      const onto = cardAt(nodes, clientX, clientY);
      if (onto && onto.id !== fromNode.id) {
        const other = { node: onto.id, port: 'main', index: 0 };
        if (fromHandle.type === 'target') edits?.connect(other, end);
        else if (onto.data.inputs !== 0) edits?.connect(end, other);
        return;
      }
      if (toNode || fromHandle.type !== 'source') return;
      const at = flow.current?.screenToFlowPosition({ x: clientX, y: clientY });
      const place: [number, number] = [Math.round(at?.x ?? 0), Math.round(at?.y ?? 0)];
      edits?.connectNew(end, place);
    },
    onSelectionStart() {
      boxed.current = new Set();
    },
    onSelectionEnd() {
      if (boxed.current) latest.current.onSelect([...boxed.current]);
      boxed.current = undefined;
    },
    onEdgeDoubleClick: (_event, edge) => latest.current.edits?.insertInto(edge.id),
    onInit(ready) {
      const { flow, onReady } = latest.current;
      flow.current = ready;
      onReady?.(ready);
    },
  }));
  return gestures;
}
