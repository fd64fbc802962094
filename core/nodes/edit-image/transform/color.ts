import { NodeError } from '../../../node/kit.ts';

/** Red, green, blue, alpha, 0 to 255. */
export type Color = readonly [number, number, number, number];

const NAMED: ReadonlyMap<string, Color> = new Map<string, Color>([
  ['black', [0, 0, 0, 255]],
  ['white', [255, 255, 255, 255]],
  ['red', [255, 0, 0, 255]],
  ['green', [0, 128, 0, 255]],
  ['blue', [0, 0, 255, 255]],
  ['yellow', [255, 255, 0, 255]],
  ['gray', [128, 128, 128, 255]],
  ['grey', [128, 128, 128, 255]],
  ['silver', [192, 192, 192, 255]],
  ['orange', [255, 165, 0, 255]],
  ['purple', [128, 0, 128, 255]],
  ['pink', [255, 192, 203, 255]],
  ['brown', [165, 42, 42, 255]],
  ['cyan', [0, 255, 255, 255]],
  ['magenta', [255, 0, 255, 255]],
  ['lime', [0, 255, 0, 255]],
  ['navy', [0, 0, 128, 255]],
  ['teal', [0, 128, 128, 255]],
  ['transparent', [0, 0, 0, 0]],
]);

/** `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb()`, `rgba()` and a few names, as in CSS. */
export function colorOf(text: string): Color {
  const plain = text.trim().toLowerCase();
  const named = NAMED.get(plain);
  if (named) return named;
  const short = /^#([0-9a-f]{3,4})$/.exec(plain)?.[1];
  const long = short ? [...short].map((digit) => digit + digit).join('') : /^#((?:[0-9a-f]{2}){3,4})$/.exec(plain)?.[1];
  if (long !== undefined) {
    const part = (at: number): number => Number.parseInt(long.slice(at, at + 2) || 'ff', 16);
    return [part(0), part(2), part(4), part(6)];
  }
  const parts = /^rgba?\(([\d.,\s]{5,40})\)$/.exec(plain)?.[1]?.split(',').map(Number);
  if (parts && parts.length >= 3 && parts.every((part) => part >= 0 && part <= 255)) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = parts;
    return [Math.round(red), Math.round(green), Math.round(blue), Math.round(Math.min(1, alpha) * 255)];
  }
  throw new NodeError('bad-color', `${JSON.stringify(text.slice(0, 50))} is no color.`, {
    description: 'Write it like #ff8800 or #ff880080.',
  });
}
