import { Graph, layout } from '@dagrejs/dagre';
import type { LayoutReply, LayoutRequest } from './boxes.ts';

/** Dagre keeps what it knows in plain objects: an id like `constructor` would be found there already. */
const keyOf = (id: string): string => `#${id}`;

/** Corners of all boxes, left to right. A thousand take seconds. */
export function arrange({ nodes, edges, groups }: LayoutRequest): LayoutReply {
  const graph = new Graph({ compound: groups.length > 0 });
  // a frame needs room for its head
  graph.setGraph({ rankdir: 'LR', nodesep: groups.length > 0 ? 80 : 40, ranksep: 80 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const group of groups) graph.setNode(keyOf(group), {});
  for (const { id, width, height, group } of nodes) {
    graph.setNode(keyOf(id), { width, height });
    if (group !== undefined) graph.setParent(keyOf(id), keyOf(group));
  }
  for (const { from, to } of edges) graph.setEdge(keyOf(from), keyOf(to));
  layout(graph);
  return nodes.map(({ id, width, height }) => {
    const { x, y } = graph.node(keyOf(id)) as { x: number; y: number };
    return [id, [Math.round(x - width / 2), Math.round(y - height / 2)]];
  });
}
