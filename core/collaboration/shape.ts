import type * as Y from 'yjs';
import type { Item, Json, JsonObject } from '../data/item.ts';
import type { Edge } from '../graph/document.ts';

/** A node's fields; `parameters` is a map again, everything else plain JSON. */
export type SharedNode = Y.Map<Json | Y.Map<Json>>;

/** The parts of the shared document. Maps keep the order in which entries came. */
export interface Shared {
  /** `name`, `settings`, `foreign`. */
  meta: Y.Map<Json>;
  nodes: Y.Map<SharedNode>;
  edges: Y.Map<Edge>;
  notes: Y.Map<JsonObject>;
  groups: Y.Map<JsonObject>;
  pinned: Y.Map<Item[]>;
}

export const sharedOf = (doc: Y.Doc): Shared => ({
  meta: doc.getMap('meta'),
  nodes: doc.getMap('nodes'),
  edges: doc.getMap('edges'),
  notes: doc.getMap('notes'),
  groups: doc.getMap('groups'),
  pinned: doc.getMap('pinned'),
});

/** Two edges between the same ports are one. */
export const edgeKey = ({ from, to }: Edge): string =>
  JSON.stringify([from.node, from.port, from.index, to.node, to.port, to.index]);
