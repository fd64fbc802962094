import type { JsonObject } from '../../core/data/item.ts';
import type { Edge, WorkflowNode } from '../../core/graph/document.ts';
import { node } from '../served/documents.ts';

/** A step where people see it; its id is its name. */
export const step = (name: string, type: string, x: number, parameters: JsonObject = {}, version = 1): WorkflowNode =>
  node(name, type, version, parameters, { position: [x, 0] });
/** From the first output to the first input. */
export const edge = (from: string, to: string): Edge => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});
