import type { Color } from './color.ts';
import { type Pixels, blank, eachRow, requireSize } from './pixels.ts';

/** A part; what lies outside of the image is left out. */
export function crop(image: Pixels, area: { x: number; y: number; width: number; height: number }): Pixels {
  const left = Math.max(0, area.x);
  const top = Math.max(0, area.y);
  const width = Math.min(image.width, area.x + area.width) - left;
  const height = Math.min(image.height, area.y + area.height) - top;
  requireSize(width, height);
  const made = blank(width, height);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * 4;
    made.data.set(image.data.subarray(from, from + width * 4), y * width * 4);
  }
  return made;
}

export function border(image: Pixels, how: { width: number; height: number; color: Color }): Pixels {
  const made = blank(image.width + how.width * 2, image.height + how.height * 2, how.color);
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(y * image.width * 4, (y + 1) * image.width * 4);
    made.data.set(row, ((y + how.height) * made.width + how.width) * 4);
  }
  return made;
}

/** Clockwise; the image grows so that all of it is seen. */
export async function rotate(
  image: Pixels,
  degrees: number,
  how: { background: Color; breathe: () => Promise<void> },
): Promise<Pixels> {
  const turns = (((degrees % 360) + 360) % 360) / 90;
  if (Number.isInteger(turns)) return quarterTurns(image, turns);
  const angle = (degrees * Math.PI) / 180;
  return linear(image, [Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)], how);
}

/** Leans the image sideways by `x` degrees, and then upwards by `y`. */
export async function shear(
  image: Pixels,
  degrees: { x: number; y: number },
  how: { background: Color; breathe: () => Promise<void> },
): Promise<Pixels> {
  const slope = (angle: number): number => Math.tan((Math.max(-85, Math.min(85, angle)) * Math.PI) / 180);
  const [x, y] = [slope(degrees.x), slope(degrees.y)];
  return linear(image, [1, x, y, 1 + x * y], how);
}

function quarterTurns(image: Pixels, turns: number): Pixels {
  const isUpright = turns % 2 === 0;
  const made = blank(isUpright ? image.width : image.height, isUpright ? image.height : image.width);
  const from = new Uint32Array(image.data.buffer, image.data.byteOffset, image.width * image.height);
  const to = new Uint32Array(made.data.buffer);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const [right, down] = [image.width - 1 - x, image.height - 1 - y];
      const [toX, toY] = turns === 1 ? [down, x] : turns === 2 ? [right, down] : turns === 3 ? [y, right] : [x, y];
      to[toY * made.width + toX] = from[y * image.width + x] as number;
    }
  }
  return made;
}

type Matrix = readonly [number, number, number, number];

/** Each pixel of the result looks back into the image, between pixels where it must. */
async function linear(
  image: Pixels,
  [a, b, c, d]: Matrix,
  { background, breathe }: { background: Color; breathe: () => Promise<void> },
): Promise<Pixels> {
  const { width: w, height: h } = image;
  const corners = [
    [0, 0],
    [w, 0],
    [0, h],
    [w, h],
  ].map(([x = 0, y = 0]) => [a * x + b * y, c * x + d * y] as const);
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [minX, minY] = [Math.min(...xs), Math.min(...ys)];
  const width = Math.max(1, Math.round(Math.max(...xs) - minX));
  const height = Math.max(1, Math.round(Math.max(...ys) - minY));
  const made = blank(width, height, background);
  const scale = 1 / (a * d - b * c);
  await eachRow({ top: 0, bottom: height, width, breathe }, (y) => {
    for (let x = 0; x < width; x++) {
      const [px, py] = [x + 0.5 + minX, y + 0.5 + minY];
      const fromX = scale * (d * px - b * py) - 0.5;
      const fromY = scale * (a * py - c * px) - 0.5;
      if (fromX <= -1 || fromY <= -1 || fromX >= w || fromY >= h) continue;
      blend(made.data, (y * width + x) * 4, { image, x: fromX, y: fromY, background });
    }
  });
  return made;
}

function blend(data: Uint8Array, at: number, from: { image: Pixels; x: number; y: number; background: Color }): void {
  const { image, background } = from;
  const [left, top] = [Math.floor(from.x), Math.floor(from.y)];
  const sums = [0, 0, 0, 0];
  for (let dy = 0; dy < 2; dy++) {
    for (let dx = 0; dx < 2; dx++) {
      const [x, y] = [left + dx, top + dy];
      const weight = (1 - Math.abs(from.x - x)) * (1 - Math.abs(from.y - y));
      const isInside = x >= 0 && y >= 0 && x < image.width && y < image.height;
      const start = (y * image.width + x) * 4;
      const alpha = weight * (isInside ? (image.data[start + 3] as number) : background[3]);
      for (let part = 0; part < 3; part++) {
        const value = isInside ? (image.data[start + part] as number) : (background[part] as number);
        sums[part] = (sums[part] as number) + value * alpha;
      }
      sums[3] = (sums[3] as number) + alpha;
    }
  }
  const alpha = sums[3] as number;
  for (let part = 0; part < 3; part++) data[at + part] = alpha === 0 ? 0 : Math.round((sums[part] as number) / alpha);
  data[at + 3] = Math.round(alpha);
}
