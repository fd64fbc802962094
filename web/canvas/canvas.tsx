import {
  Background,
  Controls,
  type Edge as FlowEdge,
  ReactFlow,
  SelectionMode,
  type ReactFlowInstance,
  useStore,
} from '@xyflow/react';
import { memo, type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTexts, useTextsOf } from '../text/index.tsx';
import { isTypedIn } from '../ui/letters.ts';
import { useIsDark } from '../ui/theme.ts';
import type { Workflow } from '../../core/graph/document.ts';
import { Card, Plain, Quick } from './card.tsx';
import './canvas.css';
import { Picture } from './far/picture.tsx';
import { FAR, useFar } from './far/use-far.ts';
import { type CanvasNode, canvasEdges, canvasNodes, type Facts } from './graph.ts';
import { GroupCard, Target, Toggle } from './group-card.tsx';
import { useGestures } from './use-gestures.ts';
import { isSameList, useKept } from './use-kept.ts';
import { useNames } from './use-names.ts';
import { collapsedOf, gathered, withGroups } from './groups.ts';
import { MiniMap } from './mini-map.tsx';
import { openedAt } from './opening.ts';
import { NoteCard, type NoteChange, NoteEdits } from './note-card.tsx';
import { canvasTexts } from './texts.ts';

const TYPES = { card: Card, note: NoteCard, frame: GroupCard };
const FIT = { maxZoom: 1, padding: 0.2 };
const DELETE = ['Delete', 'Backspace'];
/** In a list of choices or a dialog the key is not meant for what is chosen behind it. */
const isDeletionMeant = async (): Promise<boolean> => !isTypedIn(document.activeElement);
/** Beyond this only what is in view is drawn, and all of it from afar is one picture. */
const LARGE_ABOVE = 200;
const MINIMAP_ABOVE = 12;
/** With these keys one more is chosen, or one fewer. */
const MORE = ['Meta', 'Control', 'Shift'];
const MIDDLE_BUTTON = [1];
/** Fingers move the drawing; a mouse draws a box around what is chosen, as in n8n, and moves it with Space or its middle button. */
const hasMouse = (): boolean => !matchMedia('(pointer: coarse)').matches;
const NO_EDGES: FlowEdge[] = [];

export interface CanvasEdits {
  connect(from: { node: string; port: string; index: number }, to: { node: string; port: string; index: number }): void;
  disconnect(keys: string[]): void;
  remove(ids: string[]): void;
  /** Moves, and puts into groups or out of theirs (`undefined`). */
  move(
    positions: ReadonlyMap<string, readonly [number, number]>,
    groups: ReadonlyMap<string, string | undefined>,
  ): void;
  /** Changes some of what a note says. */
  note: NoteChange;
  collapse(group: string, isCollapsed: boolean): void;
  /** A step is wanted between the two ends of an edge. */
  insertInto(key: string): void;
  /** A connection was drawn into the open, or an output pressed: a step is wanted there. */
  connectNew(from: { node: string; port: string; index: number }, position?: [number, number]): void;
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

/** Below this scale names are all that is told of steps, in letters that can be read. */
const SMALL = 0.6;

function Distance({ root, onChange }: { root: RefObject<HTMLElement | null>; onChange: (isFar: boolean) => void }) {
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < FAR);
  const isSmall = useStore(({ transform: [, , zoom] }) => zoom < SMALL);
  useEffect(() => onChange(isFar), [onChange, isFar]);
  useEffect(() => void root.current?.toggleAttribute('data-small', isSmall), [root, isSmall]);
  return null;
}

interface SurroundingsProps {
  isFar: boolean;
  toggle: (id: string, isCollapsed: boolean) => void;
  /** The group that what is dragged would be put into. */
  aimed: string | undefined;
  edits: CanvasEdits | undefined;
  children: ReactNode;
}

/** What cards know beside what they show. */
const Surroundings = ({ isFar, toggle, aimed, edits, children }: SurroundingsProps) => (
  <Plain value={isFar}>
    <Toggle value={toggle}>
      <Target value={aimed}>
        <NoteEdits value={edits?.note}>
          <Quick value={edits?.connectNew}>{children}</Quick>
        </NoteEdits>
      </Target>
    </Toggle>
  </Plain>
);

/** Drawn again only when a property is another: what is given should stay the same while it means the same. */
export const Canvas = memo(function Canvas({ workflow, facts, onSelect, onEdge, edits, onReady }: CanvasProps) {
  const texts = useTexts();
  const ariaLabelConfig = useTextsOf(canvasTexts);
  const isDark = useIsDark();
  const flow = useRef<ReactFlowInstance<CanvasNode>>(undefined);
  const known = useRef<ReadonlyMap<string, CanvasNode>>(new Map());
  // whoever cannot change the drawing opens and collapses groups for themselves
  const [seen, setSeen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { groups } = workflow;
  const collapsed = useMemo(() => collapsedOf(groups ? { groups } : {}, seen), [groups, seen]);
  const toggle = useCallback(
    (id: string, isCollapsed: boolean): void =>
      edits ? edits.collapse(id, isCollapsed) : setSeen((before) => new Map(before).set(id, isCollapsed)),
    [edits],
  );
  const wanted = useKept(
    useMemo(
      () =>
        withGroups(
          canvasNodes(workflow, facts, known.current),
          workflow,
          { collapsed, selected: facts.selected },
          known.current,
        ),
      [workflow, facts, collapsed],
    ),
  );
  const [nodes, setNodes] = useState(wanted);
  const root = useRef<HTMLDivElement>(null);
  const isLarge = nodes.length > LARGE_ABOVE;
  const zoomOf = useCallback(() => flow.current?.getZoom() ?? 1, []);
  const { isFar, pictured, onDistance, onMoveStart, onMoveEnd } = useFar(root, { isLarge, zoomOf });
  // a large one, or a wide one, is opened at its start, where it can be read; the map and a button show the whole
  // and one that is only looked at shows its steps: what became of them matters there, not the notes beside them
  const [fit] = useState(() => {
    const { nodes: all } = workflow;
    const place = { width: innerWidth, height: innerHeight };
    const first = all.length > LARGE_ABOVE ? all.slice(0, 1) : edits ? openedAt(wanted, place) : [...all];
    return first.length === wanted.length ? FIT : { ...FIT, nodes: first };
  });
  useEffect(() => {
    known.current = new Map(wanted.map((node) => [node.id, node]));
    // what is shown already stays the same object: it is not drawn again; what somebody drags stays where they have it
    setNodes((before) => {
      const shown = new Map(before.map((node) => [node.id, node]));
      const next = wanted.map((node) => {
        const old = shown.get(node.id);
        return old && (old.dragging === true || isShown(node, old)) ? old : node;
      });
      return isSameList(before, next) ? before : next;
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
  // what a drag would do to groups is shown while it lasts
  const [aimed, setAimed] = useState<string>();
  const gestures = useGestures({
    workflow,
    selected: facts.selected,
    edits,
    onSelect,
    onEdge,
    onReady,
    flow,
    known,
    nodes,
    setNodes,
    setSelectedEdges,
    setAimed,
  });
  const label = texts.editor.canvas;
  const canEdit = edits !== undefined;
  const [isDrawn] = useState(() => canEdit && hasMouse());
  // an element that stays the same is not looked at again
  const drawing = useMemo(
    () => (
      <ReactFlow<CanvasNode>
        {...gestures}
        ref={root}
        className={`${isLarge ? 'is-large' : ''} ${pictured === undefined ? '' : 'has-picture'}`}
        nodes={nodes}
        edges={isFar ? NO_EDGES : edges}
        nodeTypes={TYPES}
        onMoveStart={onMoveStart}
        onMoveEnd={onMoveEnd}
        colorMode={isDark ? 'dark' : 'light'}
        nodesDraggable={canEdit}
        nodesConnectable={canEdit}
        deleteKeyCode={canEdit ? DELETE : null}
        onBeforeDelete={isDeletionMeant}
        connectOnClick={false}
        selectionOnDrag={isDrawn}
        selectionMode={SelectionMode.Partial}
        selectionKeyCode={isDrawn ? null : 'Shift'}
        multiSelectionKeyCode={MORE}
        panOnDrag={isDrawn ? MIDDLE_BUTTON : true}
        panOnScroll={isDrawn}
        zoomOnDoubleClick={!canEdit}
        // from afar most are in view, and the rest is not taken away and brought back with every turn of the wheel
        onlyRenderVisibleElements={isLarge && !isFar}
        // a frame that is chosen stays below what is in it
        elevateNodesOnSelect={false}
        minZoom={0.05}
        fitView
        fitViewOptions={fit}
        aria-label={label}
        ariaLabelConfig={ariaLabelConfig}
      >
        <Background gap={20} />
        <Distance root={root} onChange={onDistance} />
        {pictured === undefined ? null : <Picture nodes={nodes} edges={edges} zoom={pictured} isDark={isDark} />}
        <Controls showInteractive={false} />
        {nodes.length > MINIMAP_ABOVE ? <MiniMap nodes={nodes} isDark={isDark} /> : null}
      </ReactFlow>
    ),
    [
      gestures,
      nodes,
      edges,
      isFar,
      isLarge,
      pictured,
      isDark,
      canEdit,
      isDrawn,
      fit,
      label,
      ariaLabelConfig,
      onDistance,
      onMoveStart,
      onMoveEnd,
    ],
  );
  return (
    <Surroundings isFar={isFar} toggle={toggle} aimed={aimed} edits={edits}>
      {drawing}
    </Surroundings>
  );
});
