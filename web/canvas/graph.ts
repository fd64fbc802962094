import { type Edge as FlowEdge, type Node as FlowNode, type NodeHandle, Position } from '@xyflow/react';
import { edgeKey } from '../../core/collaboration/shape.ts';
import { runningType } from '../../core/graph/binding.ts';
import type { Edge, Note, Workflow, WorkflowNode } from '../../core/graph/document.ts';
import type { Tone } from '../ui/surface.tsx';
import type { GroupNode } from './groups.ts';
import type { Catalog } from './node-types.ts';

export interface StepMark {
  tone: Tone;
  /** In words, for those who do not see the colour. */
  text: string;
  /** Items of each output, when known. */
  items: readonly number[];
}

export interface CardData extends Record<string, unknown> {
  node: WorkflowNode;
  title: string;
  inputs: 0 | 1 | 'many';
  inputCount: number;
  outputs: number;
  isKnown: boolean;
  fault: string | undefined;
  mark: StepMark | undefined;
  isPinned: boolean;
}
export type CardNode = FlowNode<CardData, 'card'>;
export type NoteNode = FlowNode<{ note: Note }, 'note'>;
export type CanvasNode = CardNode | NoteNode | GroupNode;

const WIDTH = 192;
const HEIGHT = 56;
const PORTS_APART = 18;
const PORT = 10;
const NOTE = { width: 240, height: 160 };

/** Where the port `index` of `count` is, measured from the top of a card so high. */
export const portTop = (height: number, count: number, index: number): number =>
  height / 2 + (index - (count - 1) / 2) * PORTS_APART;

/** Size and ports of a card are known before it is drawn: of a thousand, only those in view ever are. */
function shapeOf({ inputCount, outputs }: CardData) {
  const height = Math.max(HEIGHT, (Math.max(inputCount, outputs) + 1) * PORTS_APART);
  const handles = (type: NodeHandle['type'], count: number, position: Position, x: number): NodeHandle[] =>
    Array.from({ length: count }, (_, index) => ({
      id: handleOf('main', index),
      type,
      position,
      x: x - PORT / 2,
      y: portTop(height, count, index) - PORT / 2,
      width: PORT,
      height: PORT,
    }));
  return {
    width: WIDTH,
    height,
    measured: { width: WIDTH, height },
    handles: [...handles('target', inputCount, Position.Left, 0), ...handles('source', outputs, Position.Right, WIDTH)],
  };
}

export const handleOf = (port: string, index: number): string => `${port}:${index}`;
export const portOf = (handle: string | null | undefined): { port: string; index: number } => {
  const text = handle ?? 'main:0';
  const colon = text.lastIndexOf(':');
  return { port: text.slice(0, colon), index: Number(text.slice(colon + 1)) };
};

export interface Facts {
  catalog: Catalog;
  outputs: ReadonlyMap<string, number>;
  faults: ReadonlyMap<string, string>;
  marks: ReadonlyMap<string, StepMark>;
  selected: ReadonlySet<string>;
}

const sameMark = (a: StepMark | undefined, b: StepMark | undefined): boolean =>
  a === b ||
  (a !== undefined && b !== undefined && a.text === b.text && a.tone === b.tone && String(a.items) === String(b.items));

/** Makes the canvas' nodes; one whose facts are as `before` stays the same object and is not drawn again. */
export function canvasNodes(workflow: Workflow, facts: Facts, before: ReadonlyMap<string, CanvasNode>): CanvasNode[] {
  const wired = new Map<string, number>();
  for (const { to } of workflow.edges) wired.set(to.node, Math.max(wired.get(to.node) ?? 0, to.index + 1));
  const pinned = new Set(workflow.pinned.map(({ node }) => node));
  const cards = workflow.nodes.map((node): CanvasNode => {
    const type = facts.catalog.get(runningType(node));
    const inputs = type?.inputs ?? 1;
    const data: CardData = {
      node,
      title: type?.title ?? node.type,
      inputs,
      inputCount: inputs === 0 ? 0 : Math.max(inputs === 'many' ? 2 : 1, wired.get(node.id) ?? 0),
      outputs: facts.outputs.get(node.id) ?? 1,
      isKnown: type !== undefined,
      fault: facts.faults.get(node.id),
      mark: facts.marks.get(node.id),
      isPinned: pinned.has(node.id),
    };
    const isSelected = facts.selected.has(node.id);
    const known = before.get(node.id);
    if (known?.type === 'card' && isSame(known.data, data) && known.selected === isSelected) return known;
    return {
      id: node.id,
      type: 'card',
      position: { x: node.position[0], y: node.position[1] },
      data,
      ...shapeOf(data),
      selected: isSelected,
      ariaLabel: [node.name, data.title, data.mark?.text, data.fault].filter(Boolean).join(', '),
    };
  });
  const notes = workflow.notes.map((note): CanvasNode => {
    const id = note.id;
    const known = before.get(id);
    if (known?.type === 'note' && known.data.note === note && known.selected === facts.selected.has(id)) return known;
    const { width, height } = { ...NOTE, ...note };
    return {
      id,
      type: 'note',
      position: { x: note.position[0], y: note.position[1] },
      data: { note },
      selected: facts.selected.has(id),
      zIndex: -1,
      width,
      height,
      measured: { width, height },
    };
  });
  return [...notes, ...cards];
}

const isSame = (a: CardData, b: CardData): boolean =>
  a.node === b.node &&
  a.title === b.title &&
  a.inputCount === b.inputCount &&
  a.outputs === b.outputs &&
  a.fault === b.fault &&
  a.isPinned === b.isPinned &&
  sameMark(a.mark, b.mark);

export function canvasEdges(
  edges: readonly Edge[],
  marks: ReadonlyMap<string, StepMark>,
  texts: (count: number) => string,
  names: ReadonlyMap<string, string> = new Map(),
): FlowEdge[] {
  return edges.map((edge) => {
    const count = marks.get(edge.from.node)?.items[edge.from.index];
    return {
      id: edgeKey(edge),
      source: edge.from.node,
      sourceHandle: handleOf(edge.from.port, edge.from.index),
      target: edge.to.node,
      targetHandle: handleOf(edge.to.port, edge.to.index),
      ariaLabel: [`${names.get(edge.from.node)} → ${names.get(edge.to.node)}`, count === undefined ? '' : texts(count)]
        .filter(Boolean)
        .join(', '),
      ...(count === undefined ? {} : { label: texts(count) }),
    };
  });
}
