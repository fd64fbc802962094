import type { Chart } from '../chart.ts';
import type { Frame } from './frame.ts';
import { faded, fillOf, strokeOf } from './palette.ts';
import type { Point, Scene } from './scene.ts';

/** More points than this would run into each other. */
const MAX_DOTS = 100;

export function drawLines(scene: Scene, { series }: Chart, frame: Frame): void {
  series.forEach((one, index) => {
    const color = strokeOf(one, index);
    // A gap in the data is a gap in the line.
    const parts: { from: number; points: Point[] }[] = [];
    one.data.forEach((value, category) => {
      if (typeof value !== 'number') return;
      const before = one.data[category - 1];
      if (category === 0 || typeof before !== 'number') parts.push({ from: category, points: [] });
      parts.at(-1)?.points.push(frame.at(category + 0.5, value));
    });
    for (const { from, points } of parts) {
      if (one.fill && points.length > 1) {
        const start = frame.at(from + 0.5, frame.base);
        const end = frame.at(from + points.length - 0.5, frame.base);
        const fill = faded(fillOf(one, index), one.color === undefined ? 0.15 : 1);
        scene.shapes.push({ kind: 'polygon', points: [start, ...points, end], fill });
      }
      scene.shapes.push({ kind: 'line', points, color, width: 2.5 });
      if (one.data.length > MAX_DOTS) continue;
      for (const at of points) scene.shapes.push({ kind: 'circle', at, radius: 3.5, fill: color });
    }
  });
}
