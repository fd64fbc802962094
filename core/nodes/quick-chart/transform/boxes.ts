import type { Chart } from '../chart.ts';
import type { Frame } from './frame.ts';
import { faded, fillOf, strokeOf } from './palette.ts';
import { type Scene, rectangle } from './scene.ts';

/** Whiskers reach values at most this many box lengths away; what is farther is a point of its own. */
const WHISKER = 1.5;

export function drawBoxes(scene: Scene, { series }: Chart, frame: Frame): void {
  const width = 0.8 / series.length;
  series.forEach((one, index) => {
    const color = strokeOf(one, index);
    const fill = faded(fillOf(one, index), 0.4);
    one.data.forEach((value, category) => {
      const values = (Array.isArray(value) ? value : value === null ? [] : [value]).toSorted((a, b) => a - b);
      if (values.length === 0) return;
      const [low, middle, high] = [quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75)];
      const reach = WHISKER * (high - low);
      const inside = values.filter((each) => each >= low - reach && each <= high + reach);
      const [least = low, most = high] = [inside[0], inside.at(-1)];
      const start = category + 0.1 + (index + 0.1) * width;
      const [end, center] = [start + width * 0.8, start + width * 0.4];
      const [left, top] = frame.at(start, high);
      const [right, bottom] = frame.at(end, low);
      scene.shapes.push(rectangle(left, top, right, bottom, fill));
      const line = (...points: [place: number, value: number][]): void =>
        void scene.shapes.push({
          kind: 'line',
          points: points.map(([place, at]) => frame.at(place, at)),
          color,
          width: 1.5,
        });
      line([start, low], [end, low], [end, high], [start, high], [start, low]);
      line([start, middle], [end, middle]);
      line([center, high], [center, most]);
      line([center, low], [center, least]);
      line([start + width * 0.2, most], [end - width * 0.2, most]);
      line([start + width * 0.2, least], [end - width * 0.2, least]);
      for (const each of values) {
        if (each < least || each > most) {
          scene.shapes.push({ kind: 'circle', at: frame.at(center, each), radius: 2.5, fill: color });
        }
      }
    });
  });
}

/** Linear between the two values around the place, as spreadsheets have it. */
export function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
