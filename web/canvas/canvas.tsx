import {
  applyNodeChanges,
  Background,
  type Connection,
  Controls,
  type Edge as FlowEdge,
  type EdgeChange,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
  useStore,
} from '@xyflow/react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Workflow } from '../../core/graph/document.ts';
import { useTexts } from '../text/index.tsx';
import { useIsDark } from '../ui/theme.ts';
import { Card, NoteCard, Plain } from './card.tsx';
import './canvas.css';
import { Picture } from './far/picture.tsx';
import { FAR, useFar } from './far/use-far.ts';
import { type CanvasNode, canvasEdges, canvasNodes, type Facts, portOf } from './graph.ts';
import { GroupCard, Toggle } from './group-card.tsx';
import { useNames } from './use-names.ts';
import { collapsedOf, gathered, spread, withGroups } from './groups.ts';
import { MiniMap } from './mini-map.tsx';

const TYPES = { card: Card, note: NoteCard, frame: GroupCard };
const FIT = { maxZoom: 1, padding: 0.2 };
const DELETE = ['Delete', 'Backspace'];
/** Beyond this only what is in view is drawn, and all of it from afar is one picture. */
const LARGE_ABOVE = 200;
const MINIMAP_ABOVE = 12;
const NO_EDGES: FlowEdge[] = [];

export interface CanvasEdits {
  connect(from: { node: string; port: string; index: number }, to: { node: string; port: string; index: number }): void;
  disconnect(keys: string[]): void;
  remove(ids: string[]): void;
  move(positions: ReadonlyMap<string, readonly [number, number]>): void;
  collapse(group: string, isCollapsed: boolean): void;
  /** A step is wanted between the two ends of an edge. */
  insertInto(key: string): void;
  /** A connection was drawn into the open: a step is wanted there. */
  connectNew(from: { node: string; port: string; index: number }, position: [number, number]): void;
}

/** Whether what is wanted is on the canvas already. */
const isShown = (wanted: CanvasNode, shown: CanvasNode): boolean =>
  wanted.data === shown.data &&
  wanted.selected === (shown.selected ?? false) &&
  wanted.position.x === shown.position.x &&
  wanted.position.y === shown.position.y;

interface CanvasProps {
  workflow: Workflow;
  facts: Facts;
  onSelect: (ids: string[]) => void;
  /** An edge was chosen, by its key (core/collaboration), or none is any more. */
  onEdge?: (key: string | undefined) => void;
  /** Absent: the drawing cannot be changed. */
  edits?: CanvasEdits;
  onReady?: (flow: ReactFlowInstance<CanvasNode>) => void;
}

function Distance({ onChange }: { onChange: (isFar: boolean) => void }) {
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < FAR);
  useEffect(() => onChange(isFar), [onChange, isFar]);
  return null;
}

/** Drawn again only when a property is another: what is given should stay the same while it means the same. */
export const Canvas = memo(function Canvas({ workflow, facts, onSelect, onEdge, edits, onReady }: CanvasProps) {
  const texts = useTexts();
  const isDark = useIsDark();
  const flow = useRef<ReactFlowInstance<CanvasNode>>(undefined);
  const known = useRef(new Map<string, CanvasNode>());
  // whoever cannot change the drawing opens and collapses groups for themselves
  const [seen, setSeen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const collapsed = useMemo(() => collapsedOf(workflow, seen), [workflow, seen]);
  const toggle = useCallback(
    (id: string, isCollapsed: boolean): void =>
      edits ? edits.collapse(id, isCollapsed) : setSeen((before) => new Map(before).set(id, isCollapsed)),
    [edits],
  );
  const wanted = useMemo(
    () =>
      withGroups(
        canvasNodes(workflow, facts, known.current),
        workflow,
        { collapsed, selected: facts.selected },
        known.current,
      ),
    [workflow, facts, collapsed],
  );
  const [nodes, setNodes] = useState(wanted);
  const root = useRef<HTMLDivElement>(null);
  const isLarge = nodes.length > LARGE_ABOVE;
  const zoomOf = useCallback(() => flow.current?.getZoom() ?? 1, []);
  const { isFar, pictured, onDistance, onMoveStart, onMoveEnd } = useFar(root, { isLarge, zoomOf });
  // a large one is opened at its start, where it can be read; the map and a button show the whole
  const first = workflow.nodes.length > LARGE_ABOVE ? workflow.nodes[0] : undefined;
  useEffect(() => {
    known.current = new Map(wanted.map((node) => [node.id, node]));
    // what is shown already stays the same object: it is not drawn again; what somebody drags stays where they have it
    setNodes((before) => {
      const shown = new Map(before.map((node) => [node.id, node]));
      return wanted.map((node) => {
        const old = shown.get(node.id);
        return old && (old.dragging === true || isShown(node, old)) ? old : node;
      });
    });
  }, [wanted]);
  const [selectedEdges, setSelectedEdges] = useState<ReadonlySet<string>>(new Set());
  const names = useNames(workflow.nodes);
  const unmarked = useMemo(
    () => canvasEdges(workflow.edges, facts.marks, texts.runs.items, names),
    [workflow.edges, facts.marks, texts.runs.items, names],
  );
  const lines = useMemo(() => gathered(unmarked, workflow, collapsed), [unmarked, workflow, collapsed]);
  const edges = useMemo(
    () => lines.map((edge) => (selectedEdges.has(edge.id) ? { ...edge, selected: true } : edge)),
    [lines, selectedEdges],
  );
  const changeNodes = (made: NodeChange<CanvasNode>[]): void => {
    const changes = spread(made, workflow, known.current);
    setNodes((before) => applyNodeChanges(changes, before));
    const removed = changes.filter((change) => change.type === 'remove').map(({ id }) => id);
    if (removed.length > 0) edits?.remove(removed);
    const chosen = changes.filter((change) => change.type === 'select');
    if (chosen.length > 0) {
      const next = new Set(facts.selected);
      for (const { id, selected } of chosen) {
        if (selected) next.add(id);
        else next.delete(id);
      }
      onSelect([...next]);
    }
    const moved = changes.filter(
      (change) => change.type === 'position' && change.dragging === false && change.position,
    );
    if (moved.length > 0) {
      const positions = moved.flatMap((change) =>
        change.type === 'position' && change.position
          ? [[change.id, [Math.round(change.position.x), Math.round(change.position.y)]] as const]
          : [],
      );
      edits?.move(new Map(positions));
    }
  };
  const changeEdges = (changes: EdgeChange[]): void => {
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
  };
  const connect = ({ source, sourceHandle, target, targetHandle }: Connection): void =>
    edits?.connect({ node: source, ...portOf(sourceHandle) }, { node: target, ...portOf(targetHandle) });
  return (
    <Plain value={isFar}>
      <Toggle value={toggle}>
        <ReactFlow<CanvasNode>
          ref={root}
          className={pictured === undefined ? '' : 'has-picture'}
          nodes={nodes}
          edges={isFar ? NO_EDGES : edges}
          nodeTypes={TYPES}
          onNodesChange={changeNodes}
          onEdgesChange={changeEdges}
          onConnect={connect}
          onEdgeDoubleClick={(_event, edge) => edits?.insertInto(edge.id)}
          onConnectEnd={(event, { isValid, fromNode, fromHandle, toNode }) => {
            if (isValid || toNode || !fromNode || fromHandle?.type !== 'source') return;
            const { clientX, clientY } =
              'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
            const at = flow.current?.screenToFlowPosition({ x: clientX, y: clientY });
            const place: [number, number] = [Math.round(at?.x ?? 0), Math.round(at?.y ?? 0)];
            edits?.connectNew({ node: fromNode.id, ...portOf(fromHandle.id) }, place);
          }}
          onMoveStart={onMoveStart}
          onMoveEnd={onMoveEnd}
          onInit={(ready) => {
            flow.current = ready;
            onReady?.(ready);
          }}
          colorMode={isDark ? 'dark' : 'light'}
          nodesDraggable={edits !== undefined}
          nodesConnectable={edits !== undefined}
          deleteKeyCode={edits ? DELETE : null}
          // from afar most are in view, and the rest is not taken away and brought back with every turn of the wheel
          onlyRenderVisibleElements={isLarge && !isFar}
          // a frame that is chosen stays below what is in it
          elevateNodesOnSelect={false}
          minZoom={0.05}
          fitView
          fitViewOptions={first === undefined ? FIT : { ...FIT, nodes: [first] }}
          aria-label={texts.editor.canvas}
        >
          <Background gap={20} />
          <Distance onChange={onDistance} />
          {pictured === undefined ? null : <Picture nodes={nodes} edges={edges} zoom={pictured} isDark={isDark} />}
          <Controls showInteractive={false} />
          {nodes.length > MINIMAP_ABOVE ? <MiniMap nodes={nodes} isDark={isDark} /> : null}
        </ReactFlow>
      </Toggle>
    </Plain>
  );
});
