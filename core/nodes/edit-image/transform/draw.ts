import type { Color } from './color.ts';
import { type Pixels, eachRow, paint } from './pixels.ts';

interface Shape {
  from: { x: number; y: number };
  to: { x: number; y: number };
  color: Color;
  breathe: () => Promise<void>;
}

/** A filled rectangle between two corners, itself with round ones if wanted. Changes the image. */
export async function rectangle(
  image: Pixels,
  { from, to, color, breathe }: Shape,
  cornerRadius: number,
): Promise<void> {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  const radius = Math.max(0, Math.min(cornerRadius, (right - left) / 2, (bottom - top) / 2));
  await each(image, { left, top, right, bottom, breathe }, (x, y) => {
    const dx = Math.max(left + radius - x, 0, x - (right - radius));
    const dy = Math.max(top + radius - y, 0, y - (bottom - radius));
    const cover = radius === 0 ? 1 : radius + 0.5 - Math.hypot(dx, dy);
    if (cover > 0) paint(image, { x, y }, color, Math.min(1, cover));
  });
}

/** A filled circle around `from`, through `to`. Changes the image. */
export async function circle(image: Pixels, { from, to, color, breathe }: Shape): Promise<void> {
  const radius = Math.hypot(to.x - from.x, to.y - from.y);
  const edge = Math.ceil(radius) + 1;
  const area = { left: from.x - edge, top: from.y - edge, right: from.x + edge, bottom: from.y + edge, breathe };
  await each(image, area, (x, y) => {
    const cover = radius + 0.5 - Math.hypot(x - from.x, y - from.y);
    if (cover > 0) paint(image, { x, y }, color, Math.min(1, cover));
  });
}

/** A line of one pixel. Changes the image. */
export function line(image: Pixels, { from, to, color }: Shape): void {
  const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y), 1);
  // Only as many steps as can be seen: ends may lie far outside.
  const visible = Math.min(steps, 100_000);
  for (let step = 0; step <= visible; step++) {
    const x = Math.round(from.x + ((to.x - from.x) * step) / visible);
    const y = Math.round(from.y + ((to.y - from.y) * step) / visible);
    paint(image, { x, y }, color);
  }
}

async function each(
  image: Pixels,
  area: { left: number; top: number; right: number; bottom: number; breathe: () => Promise<void> },
  visit: (x: number, y: number) => void,
): Promise<void> {
  const bottom = Math.min(image.height - 1, Math.floor(area.bottom));
  const right = Math.min(image.width - 1, Math.floor(area.right));
  const left = Math.max(0, Math.ceil(area.left));
  const rows = { top: Math.max(0, Math.ceil(area.top)), bottom: bottom + 1, width: right - left + 1 };
  await eachRow({ ...rows, breathe: area.breathe }, (y) => {
    for (let x = left; x <= right; x++) visit(x, y);
  });
}
