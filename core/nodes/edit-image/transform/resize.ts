import { SamplingFilter, resize as photonResize } from '@cf-wasm/photon';
import { NodeError } from '../../../node/kit.ts';
import { pixelsOf, withPhoton } from './codec.ts';
import { type Pixels, requireSize } from './pixels.ts';

/** Above it the sharper filter takes seconds. */
const MAX_SHARP_PIXELS = 8_000_000;

export function resize(image: Pixels, wanted: { width: number; height: number; option: string }): Pixels {
  const { width, height } = sizeOf(image, wanted);
  if (width === image.width && height === image.height) return image;
  requireSize(width, height);
  const isLarge = image.width * image.height > MAX_SHARP_PIXELS;
  const filter = isLarge ? SamplingFilter.Triangle : SamplingFilter.Lanczos3;
  return withPhoton(image, (photon) => pixelsOf(photonResize(photon, width, height, filter)));
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
