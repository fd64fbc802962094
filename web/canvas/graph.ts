import { type Edge as FlowEdge, type Node as FlowNode, type NodeHandle, Position } from '@xyflow/react';
import { edgeKey } from '../../core/collaboration/shape.ts';
import { runningType } from '../../core/graph/binding.ts';
import type { Edge, Note, Workflow } from '../../core/graph/document.ts';
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

/** Only what is drawn: a letter in a parameter leaves the card as it is. */
export interface CardData extends Record<string, unknown> {
  name: string;
  isDisabled: boolean;
  /** Id of the group it is in. */
  group: string | undefined;
  title: string;
  icon: string | undefined;
  inputs: 0 | 1 | 'many';
  inputCount: number;
  outputs: number;
  /** Handles at its top, by which it supplies other steps: a model, a memory, a tool of an agent. */
  supplies: readonly string[];
  /** Handles at its bottom, where such steps supply it. */
  supplied: readonly string[];
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
const MAIN = 'main';
const NONE: ReadonlySet<string> = new Set();
export const NOTE_SIZE = { width: 240, height: 160 };
/** So much of a note is its name to those who do not see it. */
const NOTE_NAME = 100;

/** Where the port `index` of `count` is, measured from the top of a card so high. */
export const portTop = (height: number, count: number, index: number): number =>
  height / 2 + (index - (count - 1) / 2) * PORTS_APART;

/** Where along its width a card supplies others, or is supplied, in percent. */
export const supplyShare = (type: NodeHandle['type'], count: number, index: number): number =>
  type === 'source' ? 50 : (100 * (index + 1)) / (count + 1);

/** Size and ports of a card are known before it is drawn: of a thousand, only those in view ever are. */
function shapeOf({ inputCount, outputs, supplies, supplied }: CardData) {
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
  const upright = (type: NodeHandle['type'], ids: readonly string[], position: Position, y: number): NodeHandle[] =>
    ids.map((id, index) => ({
      id,
      type,
      position,
      x: (WIDTH * supplyShare(type, ids.length, index)) / 100 - PORT / 2,
      y: y - PORT / 2,
      width: PORT,
      height: PORT,
    }));
  return {
    width: WIDTH,
    height,
    measured: { width: WIDTH, height },
    handles: [
      ...handles('target', inputCount, Position.Left, 0),
      ...handles('source', outputs, Position.Right, WIDTH),
      ...upright('source', supplies, Position.Top, 0),
      ...upright('target', supplied, Position.Bottom, height),
    ],
  };
}

export const handleOf = (port: string, index: number): string => `${port}:${index}`;
export const portOf = (handle: string | null | undefined): { port: string; index: number } => {
  const text = handle ?? 'main:0';
  const colon = text.lastIndexOf(':');
  return { port: text.slice(0, colon), index: Number(text.slice(colon + 1)) };
};

/** Of a type that is not known here: `n8n-nodes-base.theHiveTrigger` is told by its end. */
const shortType = (type: string): string => type.slice(type.lastIndexOf('.') + 1);

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

function noted(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  return set;
}

/** Makes the canvas' nodes; one whose facts are as `before` stays the same object and is not drawn again. */
export function canvasNodes(workflow: Workflow, facts: Facts, before: ReadonlyMap<string, CanvasNode>): CanvasNode[] {
  const wired = new Map<string, number>();
  const feeding = new Set<string>();
  const supplies = new Map<string, Set<string>>();
  const supplied = new Map<string, Set<string>>();
  for (const { from, to } of workflow.edges) {
    if (from.port === MAIN) {
      feeding.add(from.node);
      wired.set(to.node, Math.max(wired.get(to.node) ?? 0, to.index + 1));
      continue;
    }
    noted(supplies, from.node).add(handleOf(from.port, from.index));
    noted(supplied, to.node).add(handleOf(to.port, to.index));
  }
  const pinned = new Set(workflow.pinned.map(({ node }) => node));
  const cards = workflow.nodes.map((node): CanvasNode => {
    const type = facts.catalog.get(runningType(node));
    const inputs = type?.inputs ?? 1;
    const given = [...(supplies.get(node.id) ?? NONE)];
    // of a type nobody knows here: what only supplies others has no place in the row
    const isAside = !type && given.length > 0 && !feeding.has(node.id) && !wired.has(node.id);
    const data: CardData = {
      name: node.name,
      isDisabled: node.disabled === true,
      group: node.group,
      title: type?.title ?? shortType(node.type),
      icon: type?.icon,
      inputs,
      inputCount: inputs === 0 || isAside ? 0 : Math.max(inputs === 'many' ? 2 : 1, wired.get(node.id) ?? 0),
      outputs: isAside ? 0 : (facts.outputs.get(node.id) ?? 1),
      supplies: given,
      supplied: [...(supplied.get(node.id) ?? NONE)].toSorted(),
      isKnown: type !== undefined,
      fault: facts.faults.get(node.id),
      mark: facts.marks.get(node.id),
      isPinned: pinned.has(node.id),
    };
    const isSelected = facts.selected.has(node.id);
    const known = before.get(node.id);
    const [x, y] = node.position;
    const isThere = known?.position.x === x && known.position.y === y && known.selected === isSelected;
    if (isThere && known.type === 'card' && isSame(known.data, data)) return known;
    return {
      id: node.id,
      type: 'card',
      position: { x, y },
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
    const { width, height } = { ...NOTE_SIZE, ...note };
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
      ...(note.text === '' ? {} : { ariaLabel: note.text.slice(0, NOTE_NAME) }),
    };
  });
  return [...notes, ...cards];
}

const isSame = (a: CardData, b: CardData): boolean =>
  a.name === b.name &&
  a.isDisabled === b.isDisabled &&
  a.group === b.group &&
  a.title === b.title &&
  a.icon === b.icon &&
  a.isKnown === b.isKnown &&
  a.inputs === b.inputs &&
  a.inputCount === b.inputCount &&
  a.outputs === b.outputs &&
  String(a.supplies) === String(b.supplies) &&
  String(a.supplied) === String(b.supplied) &&
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
    const count = edge.from.port === MAIN ? marks.get(edge.from.node)?.items[edge.from.index] : undefined;
    return {
      id: edgeKey(edge),
      source: edge.from.node,
      sourceHandle: handleOf(edge.from.port, edge.from.index),
      target: edge.to.node,
      targetHandle: handleOf(edge.to.port, edge.to.index),
      ariaLabel: [`${names.get(edge.from.node)} → ${names.get(edge.to.node)}`, count === undefined ? '' : texts(count)]
        .filter(Boolean)
        .join(', '),
      ...(edge.from.port === MAIN ? {} : { className: 'is-supply' }),
      ...(count === undefined ? {} : { label: texts(count) }),
    };
  });
}
