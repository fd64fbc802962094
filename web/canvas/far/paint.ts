import { type Edge, getBezierPath, Position } from '@xyflow/react';
import type { CanvasNode } from '../graph.ts';
import { hueOf, NOTE_COLOR } from '../palette.ts';

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

const ROUND = 8;

/** What all of it needs, in the canvas' own units. */
export function boundsOf(nodes: readonly CanvasNode[]): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { position, width = 0, height = 0 } of nodes) {
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
    right = Math.max(right, position.x + width);
    bottom = Math.max(bottom, position.y + height);
  }
  return nodes.length === 0
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** How a node looks from afar: two colours, and how much of the first covers a card's own. */
interface Look {
  fill: string;
  percent: number;
  stroke: string;
  isDashed: boolean;
  opacity: number;
}

function lookOf(node: CanvasNode): Look {
  const plain = { fill: 'var(--c-card)', percent: 100, stroke: 'var(--c-line)', isDashed: false, opacity: 1 };
  if (node.type === 'note') {
    const hue = hueOf(node.data.note.color ?? NOTE_COLOR);
    return { ...plain, fill: hue, percent: 14, stroke: hue };
  }
  const { mark, fault } = node.data;
  const toned = mark && mark.tone !== 'soft' ? `var(--c-${mark.tone})` : undefined;
  if (node.type === 'frame') {
    const { group, isCollapsed } = node.data;
    const hue = hueOf(group.color);
    const stroke = fault === undefined ? (toned ?? hue) : 'var(--c-bad)';
    return { ...plain, fill: hue, percent: isCollapsed ? 14 : 8, stroke, isDashed: !isCollapsed };
  }
  const { isKnown, isDisabled } = node.data;
  const isWrong = fault !== undefined || !isKnown;
  return {
    ...plain,
    fill: mark?.tone === 'bad' ? 'var(--c-bad-soft)' : plain.fill,
    stroke: isWrong ? 'var(--c-bad)' : (toned ?? plain.stroke),
    isDashed: isWrong,
    opacity: isDisabled ? 0.5 : 1,
  };
}

/** Whether a picture of the one is a picture of the other: words are in none. */
export const looksAlike = (a: readonly CanvasNode[], b: readonly CanvasNode[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      if (one === other) return true;
      if (other === undefined || one.type !== other.type) return false;
      const isThere = one.position.x === other.position.x && one.position.y === other.position.y;
      const isSize = one.width === other.width && one.height === other.height;
      return isThere && isSize && JSON.stringify(lookOf(one)) === JSON.stringify(lookOf(other));
    }));

/** Colours of the theme as a drawing takes them. */
function palette(element: Element): (color: string) => string {
  const style = getComputedStyle(element);
  return (color) => (color.startsWith('var(') ? style.getPropertyValue(color.slice(4, -1)).trim() : color);
}

interface End {
  x: number;
  y: number;
  side: Position;
}

function portOf(node: CanvasNode, type: 'source' | 'target', id: string | null | undefined): End {
  const port = node.handles?.find((each) => each.type === type && each.id === id);
  const { width = 0, height = 0, position } = node;
  const side = port?.position ?? (type === 'source' ? Position.Right : Position.Left);
  const [middleX, middleY] = port
    ? [port.x + (port.width ?? 0) / 2, port.y + (port.height ?? 0) / 2]
    : [type === 'source' ? width : 0, height / 2];
  const [x, y] = { left: [0, middleY], right: [width, middleY], top: [middleX, 0], bottom: [middleX, height] }[
    side
  ] as [number, number];
  return { x: position.x + x, y: position.y + y, side };
}

/** One line for all of them, along the curves that each has from near. */
function linesOf(nodes: readonly CanvasNode[], edges: readonly Edge[]): Path2D {
  const places = new Map(nodes.map((node) => [node.id, node]));
  const curves = edges.flatMap(({ source, target, sourceHandle, targetHandle }) => {
    const [from, to] = [places.get(source), places.get(target)];
    if (!from || !to) return [];
    const [start, end] = [portOf(from, 'source', sourceHandle), portOf(to, 'target', targetHandle)];
    const begin = { sourceX: start.x, sourceY: start.y, sourcePosition: start.side };
    return [getBezierPath({ ...begin, targetX: end.x, targetY: end.y, targetPosition: end.side })[0]];
  });
  return new Path2D(curves.join(' '));
}

/** The same as one colour each: so small that a border would be all there is. */
function silhouette(look: Look): Look {
  const fill = look.stroke === 'var(--c-line)' ? 'var(--c-soft)' : look.stroke;
  return { fill, percent: look.isDashed ? 20 : 60, stroke: '', isDashed: false, opacity: look.opacity };
}

/**
 * Draws cards, notes, frames and lines, without words. One path for all that look alike: a thousand take milliseconds.
 * `thin` is the width of the thinnest line that is seen; without it there are silhouettes.
 */
export function paint(
  context: CanvasRenderingContext2D,
  { nodes, edges = [], thin = 0 }: { nodes: readonly CanvasNode[]; edges?: readonly Edge[]; thin?: number },
): void {
  const colorOf = palette(context.canvas);
  const alike = new Map<string, { look: Look; path: Path2D; isBelow: boolean }>();
  for (const node of nodes) {
    const look = thin === 0 ? silhouette(lookOf(node)) : lookOf(node);
    const isBelow = (node.zIndex ?? 0) < 0;
    const key = JSON.stringify([isBelow, ...Object.values(look)]);
    const group = alike.get(key) ?? { look, path: new Path2D(), isBelow };
    alike.set(key, group);
    const { position, width = 0, height = 0 } = node;
    group.path.roundRect(position.x, position.y, width, height, ROUND);
  }
  const draw = (isBelow: boolean): void => {
    for (const { look, path, isBelow: lies } of alike.values()) {
      if (lies !== isBelow) continue;
      if (look.percent < 100) {
        context.globalAlpha = look.opacity;
        context.fillStyle = colorOf('var(--c-card)');
        context.fill(path);
      }
      context.globalAlpha = (look.opacity * look.percent) / 100;
      context.fillStyle = colorOf(look.fill);
      context.fill(path);
      if (look.stroke === '') continue;
      context.globalAlpha = look.opacity;
      context.strokeStyle = colorOf(look.stroke);
      context.lineWidth = Math.max(2, thin);
      context.setLineDash(look.isDashed ? [8, 6] : []);
      context.stroke(path);
    }
  };
  draw(true);
  if (edges.length > 0) {
    context.globalAlpha = 0.7;
    context.setLineDash([]);
    context.strokeStyle = colorOf('var(--c-soft)');
    context.lineWidth = Math.max(1.75, thin);
    context.stroke(linesOf(nodes, edges));
  }
  draw(false);
}
