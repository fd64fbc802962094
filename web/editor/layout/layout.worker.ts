import { Graph, layout } from '@dagrejs/dagre';
import type { LayoutRequest, LayoutReply } from './boxes.ts';

/** In a worker: a thousand nodes take seconds. */
addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  const graph = new Graph({ compound: data.groups.length > 0 });
  // a frame needs room for its head
  graph.setGraph({ rankdir: 'LR', nodesep: data.groups.length > 0 ? 80 : 40, ranksep: 80 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const group of data.groups) graph.setNode(group, {});
  for (const { id, width, height, group } of data.nodes) {
    graph.setNode(id, { width, height });
    if (group !== undefined) graph.setParent(id, group);
  }
  for (const { from, to } of data.edges) graph.setEdge(from, to);
  layout(graph);
  const reply: LayoutReply = data.nodes.map(({ id, width, height }) => {
    const { x, y } = graph.node(id) as { x: number; y: number };
    return [id, [Math.round(x - width / 2), Math.round(y - height / 2)]];
  });
  postMessage(reply);
});
