import { PhotonImage } from '@cf-wasm/photon';
import { NodeError } from '../../../node/kit.ts';
import { writeBmp, writeTiff } from './bitmaps.ts';
import { type ImageFormat, headerOf } from './header.ts';
import { type Pixels, requireSize } from './pixels.ts';

/** @throws NodeError for what is no image, is damaged, or would be too large. */
export function decode(bytes: Uint8Array<ArrayBuffer>): Pixels & { format: ImageFormat } {
  const { format, width, height } = headerOf(bytes);
  requireSize(width, height);
  let image: PhotonImage;
  try {
    image = PhotonImage.new_from_byteslice(bytes);
  } catch {
    // The decoder panics; it says no more than that.
    throw new NodeError('bad-image', `The ${format.toUpperCase()} image is damaged.`);
  }
  return { format, ...pixelsOf(image) };
}

/** Frees the image: its memory is not the garbage collector's. */
export function pixelsOf(image: PhotonImage): Pixels {
  try {
    return { width: image.get_width(), height: image.get_height(), data: new Uint8Array(image.get_raw_pixels()) };
  } finally {
    image.free();
  }
}

export function withPhoton<T>({ width, height, data }: Pixels, use: (image: PhotonImage) => T): T {
  const image = new PhotonImage(data, width, height);
  try {
    return use(image);
  } finally {
    image.free();
  }
}

/** GIF takes its time: `writeGif` is asked by itself. */
export function encode(pixels: Pixels, format: Exclude<ImageFormat, 'gif'>, quality: number): Uint8Array<ArrayBuffer> {
  switch (format) {
    case 'png':
      return withPhoton(pixels, (image) => new Uint8Array(image.get_bytes()));
    case 'webp':
      return withPhoton(pixels, (image) => new Uint8Array(image.get_bytes_webp()));
    case 'jpeg':
      return withPhoton(onWhite(pixels), (image) => new Uint8Array(image.get_bytes_jpeg(quality)));
    case 'bmp':
      return writeBmp(onWhite(pixels));
    case 'tiff':
      return writeTiff(pixels);
  }
}

/** For formats without transparency. */
function onWhite({ width, height, data }: Pixels): Pixels {
  const made = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] as number) / 255;
    for (let part = 0; part < 3; part++) {
      made[at + part] = Math.round((data[at + part] as number) * alpha + 255 * (1 - alpha));
    }
    made[at + 3] = 255;
  }
  return { width, height, data: made };
}
