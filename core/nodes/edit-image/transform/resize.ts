import { SamplingFilter, resize as photonResize } from '@cf-wasm/photon';
import { NodeError } from '../../../node/kit.ts';
import { pixelsOf, withPhoton } from './codec.ts';
import { type Pixels, blank, eachRow, requireSize } from './pixels.ts';

/** Above it the sharp filter takes seconds: larger images are halved first, as often as the size wanted allows. */
const MAX_SHARP_PIXELS = 8_000_000;

export async function resize(
  image: Pixels,
  wanted: { width: number; height: number; option: string; breathe: () => Promise<void> },
): Promise<Pixels> {
  const { width, height } = sizeOf(image, wanted);
  if (width === image.width && height === image.height) return image;
  requireSize(width, height);
  let from = image;
  while (from.width * from.height > MAX_SHARP_PIXELS && from.width >= width * 2 && from.height >= height * 2) {
    from = await halved(from, wanted.breathe);
  }
  const isLarge = from.width * from.height > MAX_SHARP_PIXELS || width * height > MAX_SHARP_PIXELS;
  const filter = isLarge ? SamplingFilter.Triangle : SamplingFilter.Lanczos3;
  return withPhoton(from, (photon) => pixelsOf(photonResize(photon, width, height, filter)));
}

/** Each pixel is the middle of four; an odd row or column at the end is left out. */
async function halved(image: Pixels, breathe: () => Promise<void>): Promise<Pixels> {
  const made = blank(image.width >> 1, image.height >> 1);
  const { data } = image;
  const line = image.width * 4;
  await eachRow({ top: 0, bottom: made.height, width: image.width, breathe }, (y) => {
    for (let x = 0; x < made.width; x++) {
      const at = y * 2 * line + x * 8;
      for (let part = 0; part < 4; part++) {
        const upper = (data[at + part] as number) + (data[at + part + 4] as number);
        const lower = (data[at + part + line] as number) + (data[at + part + line + 4] as number);
        made.data[(y * made.width + x) * 4 + part] = (upper + lower + 2) >> 2;
      }
    }
  });
  return made;
}

export function sizeOf(
  { width: w, height: h }: { width: number; height: number },
  { width, height, option }: { width: number; height: number; option: string },
): { width: number; height: number } {
  const scaled = (factor: number): { width: number; height: number } => ({
    width: Math.max(1, Math.round(w * factor)),
    height: Math.max(1, Math.round(h * factor)),
  });
  const inside = Math.min(width / w, height / h);
  switch (option) {
    case 'ignoreAspectRatio':
      return { width: Math.round(width), height: Math.round(height) };
    case 'maximumArea':
      return scaled(Math.sqrt((width * height) / (w * h)));
    case 'minimumArea':
      return scaled(Math.max(width / w, height / h));
    case 'onlyIfLarger':
      return w > width || h > height ? scaled(inside) : { width: w, height: h };
    case 'onlyIfSmaller':
      return w < width && h < height ? scaled(inside) : { width: w, height: h };
    case 'percent':
      return { width: Math.max(1, Math.round((w * width) / 100)), height: Math.max(1, Math.round((h * height) / 100)) };
    default:
      throw new NodeError('unknown-mode', `Images cannot be resized by "${option}".`);
  }
}
