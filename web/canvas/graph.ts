import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react';
import { edgeKey } from '../../core/collaboration/shape.ts';
import { runningType } from '../../core/graph/binding.ts';
import type { Note, Workflow, WorkflowNode } from '../../core/graph/document.ts';
import type { Tone } from '../ui/surface.tsx';
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
export type CanvasNode = CardNode | NoteNode;

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
      selected: isSelected,
      ariaLabel: [node.name, data.title, data.mark?.text, data.fault].filter(Boolean).join(', '),
    };
  });
  const notes = workflow.notes.map((note): CanvasNode => {
    const id = note.id;
    return {
      id,
      type: 'note',
      position: { x: note.position[0], y: note.position[1] },
      data: { note },
      selected: facts.selected.has(id),
      zIndex: -1,
      ...(note.width === undefined ? {} : { width: note.width }),
      ...(note.height === undefined ? {} : { height: note.height }),
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
  { edges }: Workflow,
  marks: ReadonlyMap<string, StepMark>,
  texts: (count: number) => string,
): FlowEdge[] {
  return edges.map((edge) => {
    const count = marks.get(edge.from.node)?.items[edge.from.index];
    return {
      id: edgeKey(edge),
      source: edge.from.node,
      sourceHandle: handleOf(edge.from.port, edge.from.index),
      target: edge.to.node,
      targetHandle: handleOf(edge.to.port, edge.to.index),
      ...(count === undefined ? {} : { label: texts(count) }),
    };
  });
}
