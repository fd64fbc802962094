import type { Json, JsonObject } from '../../../core/data/item.ts';
import type { Edge, Workflow, WorkflowNode } from '../../../core/graph/document.ts';

/** A workflow to begin with: a file in `templates/`. It runs as it is, without an account anywhere. */
export interface Template {
  title: { en: string; de: string };
  summary: { en: string; de: string };
  document: Workflow;
}

const WIDE = 260;
const HIGH = 140;

/** A node; `column` and `row` are its place on the drawing. */
export const step = (
  [id, type, version]: readonly [id: string, type: string, version: number],
  parameters: JsonObject,
  [column, row = 0]: readonly [column: number, row?: number],
  more: Partial<WorkflowNode> = {},
): WorkflowNode => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [column * WIDE, row * HIGH],
  ...more,
});

/** `from` or `from:output`, to another node. */
export const wires = (...pairs: readonly (readonly [from: string, to: string])[]): Edge[] =>
  pairs.map(([from, to]) => {
    const [node = '', index = '0'] = from.split(':');
    return { from: { node, port: 'main', index: Number(index) }, to: { node: to, port: 'main', index: 0 } };
  });

export const document = (name: string, nodes: WorkflowNode[], edges: Edge[], note: string): Workflow => ({
  schema: 1,
  name,
  nodes,
  edges,
  settings: {},
  notes: [{ id: 'about', text: note, position: [-20, -200], width: 420, height: 130 }],
  pinned: [],
});

/** Parameters of a Set node that adds fields. */
export const fields = (values: Readonly<Record<string, Json>>): JsonObject => ({
  assignments: {
    assignments: Object.entries(values).map(([name, value], index) => ({
      id: String(index),
      name,
      type: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string',
      value,
    })),
  },
  includeOtherFields: true,
  options: {},
});

/** Parameters of an If node with one condition. */
export const condition = (leftValue: Json, operator: JsonObject, rightValue: Json): JsonObject => ({
  conditions: {
    options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
    conditions: [{ id: '0', leftValue, rightValue, operator }],
    combinator: 'and',
  },
  options: {},
});
