import { Rgba, draw_text_with_color } from '@cf-wasm/photon';
import { withPhoton } from './codec.ts';
import type { Color } from './color.ts';
import type { Pixels } from './pixels.ts';

const MAX_LINES = 500;
const MAX_FONT_SIZE = 2_000;
/** Height of the letters above their line, and distance of lines, as parts of the font's size. */
const ASCENT = 0.93;
const LEADING = 1.2;

interface TextOptions {
  text: string;
  /** Where the first line of letters stands. */
  x: number;
  y: number;
  fontSize: number;
  color: Color;
  /** Characters after which a line breaks, between words. */
  lineLength: number;
}

/** Writes in the one font there is (Roboto): Latin, Greek and Cyrillic letters. */
export function drawText(image: Pixels, { text, x, y, fontSize, color, lineLength }: TextOptions): Pixels {
  const size = Math.max(1, Math.min(MAX_FONT_SIZE, fontSize));
  const top = y - size * ASCENT;
  return withPhoton(image, (photon) => {
    wrapped(text, lineLength).forEach((line, index) => {
      const lineTop = Math.round(top + index * size * LEADING);
      if (line.trim() === '' || lineTop > image.height) return;
      draw_text_with_color(photon, line, Math.round(x), lineTop, size, new Rgba(...color));
    });
    return { width: image.width, height: image.height, data: new Uint8Array(photon.get_raw_pixels()) };
  });
}

export function wrapped(text: string, lineLength: number): string[] {
  const limit = lineLength >= 1 ? lineLength : Number.POSITIVE_INFINITY;
  const lines: string[] = [];
  for (const given of text.split(/\r?\n/)) {
    let line = '';
    for (const word of given.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > limit) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
    if (lines.length > MAX_LINES) break;
  }
  return lines.slice(0, MAX_LINES);
}
