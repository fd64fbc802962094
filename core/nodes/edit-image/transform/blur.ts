import type { Pixels } from './pixels.ts';

/** Boxes one after the other come close to a Gauss curve, and cost the same for every width. */
const PASSES = 3;
const MAX_RADIUS = 500;
const PIXELS_A_TURN = 500_000;

/** Blurs by about `sigma` pixels. */
export async function blur(image: Pixels, sigma: number, breathe: () => Promise<void>): Promise<Pixels> {
  const radius = Math.min(MAX_RADIUS, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  if (!(radius >= 1)) return image;
  const { width, height } = image;
  // Transparent pixels have no color that could bleed into others.
  let from = premultiplied(image.data);
  let to = new Float32Array(from.length);
  for (let pass = 0; pass < PASSES; pass++) {
    await box(from, to, { breathe, lines: height, length: width, step: 4, stride: width * 4, radius });
    await box(to, from, { breathe, lines: width, length: height, step: width * 4, stride: 4, radius });
  }
  const data = new Uint8Array(image.data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = from[at + 3] as number;
    for (let part = 0; part < 3; part++) {
      data[at + part] = alpha < 0.5 ? 0 : Math.round(((from[at + part] as number) * 255) / alpha);
    }
    data[at + 3] = Math.round(alpha);
  }
  to = new Float32Array(0);
  from = to;
  return { width, height, data };
}

function premultiplied(data: Uint8Array): Float32Array {
  const made = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] as number;
    for (let part = 0; part < 3; part++) made[at + part] = ((data[at + part] as number) * alpha) / 255;
    made[at + 3] = alpha;
  }
  return made;
}

async function box(
  from: Float32Array,
  to: Float32Array,
  how: {
    lines: number;
    length: number;
    step: number;
    stride: number;
    radius: number;
    breathe: () => Promise<void>;
  },
): Promise<void> {
  const { lines, length, step, stride, radius } = how;
  const count = radius * 2 + 1;
  const linesATurn = Math.ceil(PIXELS_A_TURN / length);
  for (let line = 0; line < lines; line++) {
    if (line % linesATurn === linesATurn - 1) await how.breathe();
    for (let part = 0; part < 4; part++) {
      const start = line * stride + part;
      const value = (index: number): number => from[start + Math.max(0, Math.min(length - 1, index)) * step] as number;
      let sum = 0;
      for (let index = -radius; index <= radius; index++) sum += value(index);
      for (let index = 0; index < length; index++) {
        to[start + index * step] = sum / count;
        sum += value(index + radius + 1) - value(index - radius);
      }
    }
  }
}
