import { MAX_PIXELS } from '../../../node/file-limits.ts';
import { NodeError } from '../../../node/kit.ts';
import type { Color } from './color.ts';

const MAX_SIDE = 32_767;

/** An image in memory: four bytes a pixel, red, green, blue, alpha, not premultiplied. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8Array<ArrayBuffer>;
}

/** @throws NodeError `image-too-large`, before anything is allocated. */
export function requireSize(width: number, height: number): void {
  const isSize = width >= 1 && height >= 1;
  if (isSize && width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS) return;
  throw new NodeError('image-too-large', `An image cannot be ${width} × ${height} pixels.`, {
    description: `At least 1 × 1, at most ${MAX_PIXELS / 1_000_000} megapixels.`,
  });
}

export function blank(width: number, height: number, color: Color = [0, 0, 0, 0]): Pixels {
  requireSize(width, height);
  const data = new Uint8Array(width * height * 4);
  const words = new Uint32Array(data.buffer);
  data.set(color);
  words.fill(words[0] ?? 0);
  return { width, height, data };
}

/** What takes less than a tenth of a second. */
const PIXELS_A_TURN = 500_000;

/** Visits rows from `top` up to `bottom`, each `width` pixels of work, with a breath now and then. */
export async function eachRow(
  { top, bottom, width, breathe }: { top: number; bottom: number; width: number; breathe: () => Promise<void> },
  visit: (y: number) => void,
): Promise<void> {
  const rowsATurn = Math.ceil(PIXELS_A_TURN / Math.max(1, width));
  for (let y = top; y < bottom; y++) {
    if ((y - top) % rowsATurn === rowsATurn - 1) await breathe();
    visit(y);
  }
}

/** Puts a color over a pixel; `cover` is how much of the pixel it takes, 0 to 1. Outside nothing happens. */
export function paint(image: Pixels, point: { x: number; y: number }, color: Color, cover = 1): void {
  const { x, y } = point;
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return;
  const at = (y * image.width + x) * 4;
  const alpha = (color[3] / 255) * cover;
  const below = (image.data[at + 3] as number) / 255;
  const whole = alpha + below * (1 - alpha);
  for (let part = 0; part < 3; part++) {
    const mixed = (color[part] as number) * alpha + (image.data[at + part] as number) * below * (1 - alpha);
    image.data[at + part] = whole === 0 ? 0 : Math.round(mixed / whole);
  }
  image.data[at + 3] = Math.round(whole * 255);
}
