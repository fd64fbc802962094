import type { CanvasNode } from './graph.ts';
import { groupOf } from './groups.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const boxOf = ({ position: { x, y }, width = 0, height = 0 }: CanvasNode): Box => ({ x, y, width, height });
const touches = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const holds = (frame: Box, { x, y, width, height }: Box): boolean =>
  touches(frame, { x: x + width / 2, y: y + height / 2, width: 1e-9, height: 1e-9 });

/**
 * Whom a drag put into which group, or out of theirs (`undefined`): into the frame its middle lies in, out of the one it
 * does not touch any more; somebody who makes room in a frame means to stay. Who was dragged with their frame, or with
 * everybody in it, stays. `nodes` are where they are now, frames where they were when it began.
 */
export function regrouped(
  dragged: ReadonlySet<string>,
  nodes: readonly CanvasNode[],
): ReadonlyMap<string, string | undefined> {
  const frames = nodes.filter((node) => node.type === 'frame' && !node.data.isCollapsed && !dragged.has(node.id));
  const changed = new Map<string, string | undefined>();
  if (frames.length === 0) return changed;
  const staying = new Set(nodes.filter(({ id }) => !dragged.has(id)).map(groupOf));
  for (const node of nodes) {
    if (node.type === 'frame' || !dragged.has(node.id)) continue;
    const own = groupOf(node);
    if (own !== undefined && !staying.has(own)) continue;
    const box = boxOf(node);
    const into = frames.find((frame) => frame.id !== own && holds(boxOf(frame), box));
    const home = frames.find(({ id }) => id === own);
    if (home && touches(boxOf(home), box)) continue;
    if (into) changed.set(node.id, into.id);
    else if (home) changed.set(node.id, undefined);
  }
  return changed;
}
