import type { Chart } from '../chart.ts';
import { AXIS, GRID, TEXT } from './palette.ts';
import { type Point, type Scene, fitted, textWidth } from './scene.ts';
import { type Scale, scaleOf, shownNumber } from './ticks.ts';

export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The plane of a chart with axes: where values and categories lie in it. */
export interface Frame {
  /** Number of categories. */
  count: number;
  /** Where a value lies across, for a place along the categories (0 … count). */
  at(place: number, value: number): Point;
  /** The value bars stand on. */
  base: number;
}

const SIZE = 12;

/** Draws axes, grid and labels. */
export function frameOf(scene: Scene, chart: Chart, area: Area): Frame {
  const { horizontal, labels, series } = chart;
  const flipped = horizontal && chart.type !== 'line';
  const values = series.flatMap(({ data }) => data.flatMap((value) => value ?? []));
  const scale = scaleOf(values, chart.type === 'bar');
  const count = Math.max(1, labels.length, ...series.map(({ data }) => data.length));
  const names = Array.from({ length: count }, (_, index) => labels[index] ?? '');
  const numbers = scale.ticks.map((tick) => shownNumber(tick, scale.digits));
  const widest = (texts: string[]): number => Math.max(0, ...texts.map((text) => textWidth(text, SIZE)));
  const left = area.left + Math.min(scene.width / 3, widest(flipped ? names : numbers) + 10);
  const plane: Area = { left, top: area.top + 6, right: area.right - 6, bottom: area.bottom - 22 };
  const across = (value: number): number => (value - scale.from) / (scale.to - scale.from);
  const at = (place: number, value: number): Point => {
    const along = place / count;
    return flipped
      ? [plane.left + across(value) * (plane.right - plane.left), plane.top + along * (plane.bottom - plane.top)]
      : [plane.left + along * (plane.right - plane.left), plane.bottom - across(value) * (plane.bottom - plane.top)];
  };
  drawGrid(scene, { plane, scale, numbers, flipped, at, count });
  drawNames(scene, { plane, names, flipped, at });
  return { count, at, base: Math.min(scale.to, Math.max(scale.from, 0)) };
}

interface Plane {
  plane: Area;
  flipped: boolean;
  at: Frame['at'];
}

function drawGrid(
  scene: Scene,
  { plane, scale, numbers, flipped, at, count }: Plane & { scale: Scale; numbers: string[]; count: number },
): void {
  scale.ticks.forEach((tick, index) => {
    const color = tick === 0 ? AXIS : GRID;
    scene.shapes.push({ kind: 'line', points: [at(0, tick), at(count, tick)], color, width: 1 });
    const [x, y] = at(0, tick);
    const text = numbers[index] ?? '';
    scene.shapes.push(
      flipped
        ? { kind: 'text', at: [x, plane.bottom + 16], text, size: SIZE, anchor: 'middle', color: TEXT }
        : { kind: 'text', at: [plane.left - 6, y + 4], text, size: SIZE, anchor: 'end', color: TEXT },
    );
  });
}

/** As many names as there is room for, at even distances. */
function drawNames(scene: Scene, { plane, names, flipped, at }: Plane & { names: string[] }): void {
  const length = flipped ? plane.bottom - plane.top : plane.right - plane.left;
  const widest = flipped ? 16 : Math.min(90, Math.max(16, ...names.map((name) => textWidth(name, SIZE) + 8)));
  const every = Math.max(1, Math.ceil((names.length * widest) / length));
  const room = (length / names.length) * every - 4;
  names.forEach((name, index) => {
    if (name === '' || index % every !== 0) return;
    const [x, y] = at(index + 0.5, 0);
    scene.shapes.push(
      flipped
        ? {
            kind: 'text',
            at: [plane.left - 6, y + 4],
            text: fitted(name, SIZE, plane.left - 8),
            size: SIZE,
            anchor: 'end',
            color: TEXT,
          }
        : {
            kind: 'text',
            at: [x, plane.bottom + 16],
            text: fitted(name, SIZE, room),
            size: SIZE,
            anchor: 'middle',
            color: TEXT,
          },
    );
  });
}
