import type { Chart } from '../chart.ts';
import type { Area } from './frame.ts';
import { GRID, TEXT, faded, paletteColor } from './palette.ts';
import type { Point, Scene } from './scene.ts';
import { scaleOf, shownNumber } from './ticks.ts';

/** Equal angles, the radius is the value. */
export function drawPolar(scene: Scene, { series }: Chart, area: Area): void {
  const at: Point = [(area.left + area.right) / 2, (area.top + area.bottom) / 2];
  const radius = Math.max(1, Math.min(area.right - area.left, area.bottom - area.top) / 2 - 4);
  const values = (series[0]?.data ?? []).map((value) => (typeof value === 'number' ? Math.max(0, value) : 0));
  const scale = scaleOf(values, true);
  const reach = (value: number): number => (radius * value) / scale.to;
  values.forEach((value, index) => {
    if (value === 0) return;
    const [from, to] = [index / values.length, (index + 1) / values.length];
    scene.shapes.push({
      kind: 'wedge',
      at,
      inner: 0,
      outer: reach(value),
      from,
      to,
      fill: faded(paletteColor(index), 0.75),
    });
  });
  for (const tick of scale.ticks.filter((each) => each > 0)) {
    const points = Array.from({ length: 73 }, (_, step): Point => {
      const angle = (step / 72) * 2 * Math.PI;
      return [at[0] + Math.sin(angle) * reach(tick), at[1] - Math.cos(angle) * reach(tick)];
    });
    scene.shapes.push({ kind: 'line', points, color: GRID, width: 1 });
    const text = shownNumber(tick, scale.digits);
    scene.shapes.push({
      kind: 'text',
      at: [at[0] + 2, at[1] - reach(tick) + 12],
      text,
      size: 10,
      anchor: 'start',
      color: TEXT,
    });
  }
}
