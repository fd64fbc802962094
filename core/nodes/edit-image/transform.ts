import type { JsonObject } from '../../data/item.ts';
import { extensionOf, mediaTypeOf } from '../../data/media-types.ts';
import { NodeError } from '../../node/kit.ts';
import type { FileBytes, Transform } from '../../node/transform.ts';
import { decode, encode } from './transform/codec.ts';
import { writeGif } from './transform/gif.ts';
import { type ImageFormat, headerOf } from './transform/header.ts';
import { type Pixels, blank } from './transform/pixels.ts';
import { type Step, apply } from './transform/steps.ts';

const MAX_STEPS = 50;
const FORMATS: readonly ImageFormat[] = ['bmp', 'gif', 'jpeg', 'png', 'tiff', 'webp'];
const EXTENSIONS: Readonly<Record<ImageFormat, string>> = {
  bmp: 'bmp',
  gif: 'gif',
  jpeg: 'jpg',
  png: 'png',
  tiff: 'tiff',
  webp: 'webp',
};

export const transform: Transform = {
  async run({ parameters, files }, { breathe }) {
    const steps = parameters['steps'] as Step[];
    const output = String(parameters['output']);
    const file = files['source'];
    if (steps.length > MAX_STEPS) throw new NodeError('too-many-steps', `An image may take ${MAX_STEPS} steps.`);
    if (steps.length === 1 && steps[0]?.['operation'] === 'information') {
      return [{ json: informationOf(required(file)) }];
    }
    const options = (parameters['options'] ?? {}) as JsonObject;
    const { image, format: from } = start(steps, file);
    let made = image;
    for (const step of steps) {
      made = await apply(made, step, { files, breathe });
      await breathe();
    }
    const format = formatOf(options, from);
    const given = Number(options['quality'] ?? 100);
    const quality = Math.max(1, Math.min(100, Number.isFinite(given) ? given : 100));
    const bytes = format === 'gif' ? await writeGif(made, breathe) : encode(made, format, quality);
    const fileName = nameOf(String(options['fileName'] ?? ''), file?.fileName, format);
    const outputs = Object.create(null) as Record<string, FileBytes>;
    outputs[output] = { bytes, fileName, mimeType: mediaTypeOf(`.${EXTENSIONS[format]}`) };
    return [{ json: {}, files: outputs }];
  },
};

function required(file: FileBytes | undefined): FileBytes {
  if (file) return file;
  throw new NodeError('no-binary', 'There is no image to work on.');
}

/** Steps that begin with a new image need none. */
function start(steps: readonly Step[], file: FileBytes | undefined): { image: Pixels; format: ImageFormat } {
  if (steps[0]?.['operation'] === 'create') return { image: blank(1, 1), format: 'png' };
  const { format, ...image } = decode(required(file).bytes);
  return { image, format };
}

function formatOf(options: JsonObject, from: ImageFormat): ImageFormat {
  const wanted = String(options['format'] ?? '').toLowerCase();
  if (wanted === '') return from;
  const format = FORMATS.find((each) => each === (wanted === 'jpg' ? 'jpeg' : wanted));
  if (format) return format;
  throw new NodeError('unknown-mode', `Images cannot be written as "${wanted}".`);
}

/** The extension says what the file is now. */
function nameOf(given: string, before: string | undefined, format: ImageFormat): string {
  if (given !== '') return extensionOf(given) === '' ? `${given}.${EXTENSIONS[format]}` : given;
  const stem = (before ?? 'image').replace(/\.[a-z0-9]{1,10}$/i, '');
  return `${stem}.${EXTENSIONS[format]}`;
}

function informationOf({ bytes, mimeType }: FileBytes): JsonObject {
  const { format, width, height } = headerOf(bytes);
  const name = format.toUpperCase();
  return {
    format: name,
    size: { width, height },
    Format: name,
    Geometry: `${width}x${height}`,
    Filesize: `${bytes.length}`,
    mimeType: mimeType || mediaTypeOf(`.${EXTENSIONS[format]}`),
  };
}
