import type { Chart } from '../chart.ts';
import type { Area } from './frame.ts';
import { WHITE, paletteColor } from './palette.ts';
import type { Scene } from './scene.ts';
import { shownNumber } from './ticks.ts';

/** Pies and doughnuts; several series are rings in each other. */
export function drawRing(scene: Scene, { type, series }: Chart, area: Area): void {
  const center = [(area.left + area.right) / 2, (area.top + area.bottom) / 2] as const;
  const radius = Math.max(1, Math.min(area.right - area.left, area.bottom - area.top) / 2 - 4);
  const hole = type === 'doughnut' ? 0.5 : 0;
  const ring = (radius * (1 - hole)) / series.length;
  series.forEach(({ data }, index) => {
    // Negative values have no angle; their size counts, as in chart libraries.
    const values = data.map((value) => (typeof value === 'number' ? Math.abs(value) : 0));
    const total = values.reduce((sum, value) => sum + value, 0);
    if (total === 0) return;
    const outer = radius - index * ring;
    const inner = outer - ring;
    let from = 0;
    values.forEach((value, slice) => {
      const part = value / total;
      const to = from + part;
      if (part > 0) {
        scene.shapes.push({
          kind: 'wedge',
          at: center,
          inner: Math.max(0, inner),
          outer,
          from,
          to,
          fill: paletteColor(slice),
        });
      }
      if (part >= 0.05) {
        const middle = (inner <= 0.5 ? outer * 0.65 : (inner + outer) / 2) + 0;
        const angle = (from + part / 2) * 2 * Math.PI;
        const at = [center[0] + Math.sin(angle) * middle, center[1] - Math.cos(angle) * middle + 4] as const;
        const text = shownNumber(value, Number.isInteger(value) ? 0 : 1);
        scene.shapes.push({ kind: 'text', at, text, size: 12, anchor: 'middle', color: WHITE });
      }
      from = to;
    });
  });
}
