import { NodeError } from '../../../node/kit.ts';
import { encode } from '../../edit-image/transform/codec.ts';
import type { Color } from '../../edit-image/transform/color.ts';
import { type Pixels, blank, paint } from '../../edit-image/transform/pixels.ts';
import { drawText } from '../../edit-image/transform/text.ts';
import { type Point, type Scene, type Shape, textWidth } from './scene.ts';

/** Rows a pixel is cut into: edges get this many shades up and down, and all of them sideways. */
const ROWS = 4;

const MAX_CHART_PIXELS = 10_000_000;

/** The scene as an image, `ratio` pixels a unit. */
export function paintScene(scene: Scene, ratio: number, format: 'png' | 'webp'): Uint8Array<ArrayBuffer> {
  const scaled = (points: readonly Point[]): Point[] => points.map(([x, y]) => [x * ratio, y * ratio]);
  const [width, height] = [Math.round(scene.width * ratio), Math.round(scene.height * ratio)];
  if (width * height > MAX_CHART_PIXELS) {
    throw new NodeError('image-too-large', `A chart of ${width} × ${height} pixels is too large.`, {
      description: 'Make it smaller, lower devicePixelRatio, or choose the format svg.',
    });
  }
  const image = blank(width, height, scene.background);
  for (const shape of scene.shapes) {
    if (shape.kind === 'text') paintText(image, shape, ratio);
    else for (const { points, color } of polygonsOf(shape)) fillPolygon(image, scaled(points), color);
  }
  return encode(image, format, 90);
}

const BLACK: Color = [0, 0, 0, 255];
const WHITE: Color = [255, 255, 255, 255];

/** Written in black on a white strip of its own, whose darkness then says how much of each pixel letters take. */
function paintText(image: Pixels, shape: Extract<Shape, { kind: 'text' }>, ratio: number): void {
  const { at, text, size, anchor, color } = shape;
  const fontSize = size * ratio;
  const strip = blank(Math.ceil(textWidth(text, fontSize) * 1.4 + fontSize), Math.ceil(fontSize * 1.5), WHITE);
  const baseline = fontSize * 1.1;
  const drawn = drawText(strip, { text, x: 0, y: baseline, fontSize, color: BLACK, lineLength: 0 });
  const dark: { x: number; y: number; part: number }[] = [];
  for (let y = 0; y < drawn.height; y++) {
    for (let x = 0; x < drawn.width; x++) {
      const part = 1 - (drawn.data[(y * drawn.width + x) * 4] as number) / 255;
      if (part > 0) dark.push({ x, y, part });
    }
  }
  const width = dark.reduce((widest, { x }) => Math.max(widest, x + 1), 0);
  const left = at[0] * ratio - (anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width);
  const [originX, originY] = [Math.round(left), Math.round(at[1] * ratio - baseline)];
  for (const { x, y, part } of dark) paint(image, { x: originX + x, y: originY + y }, color, part);
}

const around = ([x, y]: Point, radius: number, turn: number): Point => [
  x + Math.sin(turn * 2 * Math.PI) * radius,
  y - Math.cos(turn * 2 * Math.PI) * radius,
];

function arc(at: Point, radius: number, from: number, to: number): Point[] {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) * Math.max(24, radius)));
  return Array.from({ length: steps + 1 }, (_, step) => around(at, radius, from + ((to - from) * step) / steps));
}

/** Every shape but text, as areas. */
function polygonsOf(shape: Exclude<Shape, { kind: 'text' }>): { points: Point[]; color: Color }[] {
  switch (shape.kind) {
    case 'polygon':
      return [{ points: shape.points, color: shape.fill }];
    case 'circle':
      return [{ points: arc(shape.at, shape.radius, 0, 1), color: shape.fill }];
    case 'wedge': {
      const { at, inner, outer, from, to, fill } = shape;
      const edge = inner > 0 ? arc(at, inner, to, from) : [at];
      return [{ points: [...arc(at, outer, from, to), ...edge], color: fill }];
    }
    case 'line':
      return strokes(shape.points, shape.width).map((points) => ({ points, color: shape.color }));
  }
}

/** A box a segment, longer by half the width at both ends, so that corners close. */
function strokes(points: readonly Point[], width: number): Point[][] {
  const half = width / 2;
  return points.slice(1).flatMap((end, index) => {
    const start = points[index] as Point;
    const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
    if (length === 0) return [];
    const [x, y] = [((end[0] - start[0]) / length) * half, ((end[1] - start[1]) / length) * half];
    const extra = points.length > 2 ? 0.5 : 0;
    const [fromX, fromY] = [start[0] - x * extra, start[1] - y * extra];
    const [toX, toY] = [end[0] + x * extra, end[1] + y * extra];
    return [
      [
        [fromX - y, fromY + x],
        [toX - y, toY + x],
        [toX + y, toY - x],
        [fromX + y, fromY - x],
      ],
    ];
  });
}

/** Fills by the even-odd rule, with soft edges. */
function fillPolygon(image: Pixels, points: readonly Point[], color: Color): void {
  const range = (values: readonly number[], limit: number): [number, number] => [
    Math.max(0, Math.floor(Math.min(...values))),
    Math.min(limit - 1, Math.floor(Math.max(...values))),
  ];
  const [top, bottom] = range(
    points.map(([, y]) => y),
    image.height,
  );
  const [left, right] = range(
    points.map(([x]) => x),
    image.width,
  );
  if (right < left) return;
  const cover = new Float64Array(right - left + 2);
  for (let y = top; y <= bottom; y++) {
    cover.fill(0);
    for (let row = 0; row < ROWS; row++) {
      const crossings = crossingsAt(points, y + (row + 0.5) / ROWS);
      for (let at = 0; at + 1 < crossings.length; at += 2) {
        const from = Math.max(left, crossings[at] as number) - left;
        addSpan(cover, from, Math.min(right + 1, crossings[at + 1] as number) - left);
      }
    }
    for (let x = left; x <= right; x++) {
      const part = cover[x - left] as number;
      if (part > 0.001) paint(image, { x, y }, color, Math.min(1, part));
    }
  }
}

function crossingsAt(points: readonly Point[], y: number): number[] {
  const found: number[] = [];
  points.forEach(([x1, y1], index) => {
    const [x2, y2] = points[(index + 1) % points.length] as Point;
    if (y1 <= y !== y2 <= y) found.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  });
  return found.sort((a, b) => a - b);
}

function addSpan(cover: Float64Array, from: number, to: number): void {
  for (let x = Math.floor(from); x < to; x++) {
    cover[x] = (cover[x] as number) + (Math.min(to, x + 1) - Math.max(from, x)) / ROWS;
  }
}
