import type { Workflow, WorkflowNode } from './document.ts';

export interface Target {
  /** Index into `Graph.nodes`. */
  node: number;
  /** Input index at the target. */
  input: number;
}

/** A node with its wiring resolved to indexes, so that running never looks anything up by name. */
export interface GraphNode {
  index: number;
  def: WorkflowNode;
  /** Main targets per output index; order is the document's. */
  outputs: Target[][];
  /** Number of distinct main input indexes wired (at least 1 for a node with any input). */
  inputCount: number;
  /** Indexes of nodes with an edge into this one, per input. */
  parents: number[][];
}

/** A document made ready to run. Immutable; shared by every run of one version. */
export interface Graph {
  doc: Workflow;
  nodes: GraphNode[];
  byId: ReadonlyMap<string, number>;
  byName: ReadonlyMap<string, number>;
}

/** Wires a valid document. Edges to missing nodes are ignored here: validation reports them. */
export function wire(doc: Workflow): Graph {
  const byId = new Map<string, number>();
  const byName = new Map<string, number>();
  const nodes = doc.nodes.map((def, index): GraphNode => {
    byId.set(def.id, index);
    if (!byName.has(def.name)) byName.set(def.name, index);
    return { index, def, outputs: [], inputCount: 0, parents: [] };
  });
  for (const edge of doc.edges) {
    if (edge.from.port !== 'main' || edge.to.port !== 'main') continue;
    const from = nodes[byId.get(edge.from.node) ?? -1];
    const to = nodes[byId.get(edge.to.node) ?? -1];
    if (!from || !to) continue;
    while (from.outputs.length <= edge.from.index) from.outputs.push([]);
    from.outputs[edge.from.index]?.push({ node: to.index, input: edge.to.index });
    while (to.parents.length <= edge.to.index) to.parents.push([]);
    to.parents[edge.to.index]?.push(from.index);
    to.inputCount = to.parents.length;
  }
  return { doc, nodes, byId, byName };
}
