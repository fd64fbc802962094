import type { Chart } from '../chart.ts';
import type { Frame } from './frame.ts';
import { fillOf } from './palette.ts';
import { type Scene, rectangle } from './scene.ts';

/** Part of a category its bars take. */
const FULL = 0.8;

export function drawBars(scene: Scene, { series }: Chart, frame: Frame): void {
  const width = FULL / series.length;
  series.forEach((one, index) => {
    const fill = fillOf(one, index);
    one.data.forEach((value, category) => {
      if (typeof value !== 'number') return;
      const start = category + (1 - FULL) / 2 + index * width;
      const [left, top] = frame.at(start, value);
      const [right, bottom] = frame.at(start + width * 0.95, frame.base);
      scene.shapes.push(rectangle(left, top, right, bottom, fill));
    });
  });
}
