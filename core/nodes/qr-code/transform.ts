import { encode as encodeQr } from 'uqr';
import type { Json, JsonObject } from '../../data/item.ts';
import { numberOf, textOf } from '../../data/text.ts';
import { NodeError } from '../../node/kit.ts';
import type { FileBytes, Transform } from '../../node/transform.ts';
import { encode } from '../edit-image/transform/codec.ts';
import { type Color, colorOf } from '../edit-image/transform/color.ts';
import { blank } from '../edit-image/transform/pixels.ts';
import { objectOf } from '../field-list.ts';

const MAX_CHARACTERS = 7_100;

const LEVELS = ['L', 'M', 'Q', 'H'] as const;

export const transform: Transform = {
  run({ parameters }) {
    const options = objectOf(parameters['options']);
    const squares = squaresOf(textOf(parameters['text']), options);
    const color = colorOf(textOf(options['color'] ?? '#000000'));
    const background = colorOf(textOf(options['backgroundColor'] ?? '#ffffff'));
    const scale = whole(options['scale'] ?? 8, 'scale', { from: 1, to: 50 });
    const isSvg = options['format'] === 'svg';
    const file: FileBytes = isSvg
      ? {
          bytes: new TextEncoder().encode(svgOf(squares, { color, background, scale })),
          mimeType: 'image/svg+xml',
          fileName: 'qr-code.svg',
        }
      : { bytes: pngOf(squares, { color, background, scale }), mimeType: 'image/png', fileName: 'qr-code.png' };
    const files: Record<string, FileBytes> = Object.create(null) as Record<string, FileBytes>;
    files[textOf(parameters['property'])] = file;
    return [{ json: objectOf(parameters['json']), files }];
  },
};

const tooLong = (): NodeError =>
  new NodeError('text-too-long', 'The text does not fit into a QR code.', {
    description: 'At most about 2,900 characters, fewer with more error correction.',
  });

function squaresOf(text: string, options: JsonObject): boolean[][] {
  const ecc = LEVELS.find((level) => level === (options['errorCorrection'] ?? 'M'));
  if (!ecc) throw new NodeError('bad-option', `Error correction is one of ${LEVELS.join(', ')}.`);
  // More digits than the largest code holds; looking for a version that fits would take long.
  if (text.length > MAX_CHARACTERS) throw tooLong();
  const border = whole(options['margin'] ?? 4, 'margin', { from: 0, to: 20 });
  try {
    return encodeQr(text, { ecc, border, boostEcc: false }).data;
  } catch {
    throw tooLong();
  }
}

function whole(value: Json, name: string, { from, to }: { from: number; to: number }): number {
  const number = numberOf(value);
  if (Number.isInteger(number) && number >= from && number <= to) return number;
  throw new NodeError('bad-option', `"${name}" must be a whole number from ${from} to ${to}.`);
}

interface Look {
  color: Color;
  background: Color;
  scale: number;
}

const css = ([red, green, blue, alpha]: Color): string => `rgba(${red},${green},${blue},${alpha / 255})`;

function svgOf(squares: boolean[][], { color, background, scale }: Look): string {
  const size = squares.length;
  const path = squares.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x},${y}h1v1h-1z`] : []))).join('');
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${size * scale}" height="${size * scale}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">`;
  return `${head}<rect width="100%" height="100%" fill="${css(background)}"/><path d="${path}" fill="${css(color)}"/></svg>`;
}

function pngOf(squares: boolean[][], { color, background, scale }: Look): Uint8Array<ArrayBuffer> {
  const size = squares.length * scale;
  const image = blank(size, size, background);
  squares.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let line = y * scale; line < (y + 1) * scale; line++) {
        for (let at = x * scale; at < (x + 1) * scale; at++) image.data.set(color, (line * size + at) * 4);
      }
    });
  });
  return encode(image, 'png', 100);
}
