import type { Color } from '../../edit-image/transform/color.ts';
import { TEXT } from './palette.ts';
import { type Scene, fitted, rectangle, textWidth } from './scene.ts';

const SIZE = 12;
const BOX = 24;
const GAP = 10;
const ROW = 20;
const MAX_ROWS = 4;

/** Names and colors in centered rows at the top; gives where the chart can begin. Nameless entries are left out. */
export function drawLegend(scene: Scene, entries: { label: string; color: Color }[]): number {
  const named = entries
    .filter(({ label }) => label !== '')
    .map(({ label, color }) => {
      const text = fitted(label, SIZE, scene.width / 2);
      return { text, color, width: BOX + 6 + textWidth(text, SIZE) + GAP };
    });
  const rows: (typeof named)[] = [];
  let used = Infinity;
  for (const entry of named) {
    if (used + entry.width > scene.width - 2 * GAP) {
      if (rows.length === MAX_ROWS) break;
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(entry);
    used += entry.width;
  }
  rows.forEach((row, index) => {
    const total = row.reduce((sum, { width }) => sum + width, -GAP);
    let x = (scene.width - total) / 2;
    const y = 10 + index * ROW;
    for (const { text, color, width } of row) {
      scene.shapes.push(rectangle(x, y, x + BOX, y + 11, color));
      scene.shapes.push({ kind: 'text', at: [x + BOX + 6, y + 10], text, size: SIZE, anchor: 'start', color: TEXT });
      x += width;
    }
  });
  return 12 + rows.length * ROW;
}
