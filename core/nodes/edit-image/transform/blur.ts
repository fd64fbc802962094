import { type Pixels, eachRow } from './pixels.ts';

/** Boxes one after the other come close to a Gauss curve, and cost the same for every width. */
const PASSES = 3;
const MAX_RADIUS = 500;

/** Blurs by about `sigma` pixels. Changes the image: it may be as large as memory allows, so there is no second one. */
export async function blur(image: Pixels, sigma: number, breathe: () => Promise<void>): Promise<Pixels> {
  const radius = Math.min(MAX_RADIUS, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  if (!(radius >= 1)) return image;
  const { width, height, data } = image;
  const rows = { top: 0, bottom: height, width: width * PASSES, breathe };
  // Transparent pixels have no color that could bleed into others.
  await eachRow(rows, (y) => scaleByAlpha(data.subarray(y * width * 4, (y + 1) * width * 4), (alpha) => alpha / 255));
  const longest = Math.max(width, height);
  const buffers: [Float32Array, Float32Array] = [new Float32Array(longest), new Float32Array(longest)];
  await eachRow(rows, (y) => blurLine(data, { start: y * width * 4, step: 4, length: width, radius }, buffers));
  const columns = { top: 0, bottom: width, width: height * PASSES, breathe };
  await eachRow(columns, (x) => blurLine(data, { start: x * 4, step: width * 4, length: height, radius }, buffers));
  await eachRow(rows, (y) =>
    scaleByAlpha(data.subarray(y * width * 4, (y + 1) * width * 4), (alpha) => (alpha === 0 ? 0 : 255 / alpha)),
  );
  return image;
}

function scaleByAlpha(row: Uint8Array, factorOf: (alpha: number) => number): void {
  for (let at = 0; at < row.length; at += 4) {
    const alpha = row[at + 3] as number;
    if (alpha === 255) continue;
    const factor = factorOf(alpha);
    for (let part = 0; part < 3; part++) {
      row[at + part] = Math.min(255, Math.round((row[at + part] as number) * factor));
    }
  }
}

interface Line {
  start: number;
  step: number;
  length: number;
  radius: number;
}

function blurLine(data: Uint8Array, line: Line, buffers: [Float32Array, Float32Array]): void {
  const { start, step, length, radius } = line;
  for (let part = 0; part < 4; part++) {
    let [from, to] = buffers;
    for (let index = 0; index < length; index++) from[index] = data[start + part + index * step] as number;
    for (let pass = 0; pass < PASSES; pass++) {
      box(from, to, length, radius);
      [from, to] = [to, from];
    }
    for (let index = 0; index < length; index++) data[start + part + index * step] = Math.round(from[index] as number);
  }
}

/** Each value becomes the mean of those around it; beyond the ends the last one repeats. */
function box(from: Float32Array, to: Float32Array, length: number, radius: number): void {
  const [first, last] = [from[0] as number, from[length - 1] as number];
  const share = 1 / (radius * 2 + 1);
  let sum = first * radius;
  for (let index = 0; index <= radius; index++) sum += index < length ? (from[index] as number) : last;
  for (let index = 0; index < length; index++) {
    to[index] = sum * share;
    const [entering, leaving] = [index + radius + 1, index - radius];
    sum += entering < length ? (from[entering] as number) : last;
    sum -= leaving >= 0 ? (from[leaving] as number) : first;
  }
}
