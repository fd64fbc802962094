import { boundsOf } from './far/paint.ts';
import type { CanvasNode } from './graph.ts';

/** Below this scale nobody reads what steps are called. */
const READABLE = 0.45;
/** How a drawing is shown at first that is too wide to be read whole. */
const FIRST = 0.65;
/** Of the place there is, what a drawing fills that is fitted into it. */
const FILLED = 0.8;

/** What is in view when a drawing is opened: all of it where its names can be read so, else where it begins. */
export function openedAt(
  nodes: readonly CanvasNode[],
  { width, height }: { width: number; height: number },
): CanvasNode[] {
  const all = boundsOf(nodes);
  if (FILLED * Math.min(width / all.width, height / all.height) >= READABLE) return [...nodes];
  const cards = nodes.filter((node) => node.type === 'card');
  const triggers = cards.filter(({ data }) => data.inputs === 0);
  const [start] = (triggers.length > 0 ? triggers : cards).toSorted((a, b) => a.position.x - b.position.x);
  if (!start) return [...nodes];
  const [reach, rise] = [width / FIRST, height / FIRST / 2];
  const isNear = ({ position, width: w = 0, height: h = 0 }: CanvasNode): boolean =>
    position.x >= start.position.x - reach / 4 &&
    position.x + w <= start.position.x + reach &&
    position.y >= start.position.y - rise &&
    position.y + h <= start.position.y + rise;
  return nodes.filter((node) => node === start || isNear(node));
}
