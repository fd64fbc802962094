import { type Color, colorOf } from '../../edit-image/transform/color.ts';
import type { Chart, Series } from '../chart.ts';

/** Distinguishable in daylight, in print and by most people who see colors differently (Okabe and Ito). */
const PALETTE: readonly Color[] = [
  [0, 114, 178, 255],
  [230, 159, 0, 255],
  [0, 158, 115, 255],
  [204, 121, 167, 255],
  [86, 180, 233, 255],
  [213, 94, 0, 255],
  [240, 228, 66, 255],
  [90, 90, 90, 255],
];

export const TEXT: Color = [90, 90, 90, 255];
export const GRID: Color = [225, 225, 225, 255];
export const AXIS: Color = [150, 150, 150, 255];
export const WHITE: Color = [255, 255, 255, 255];

export const paletteColor = (index: number): Color => PALETTE[index % PALETTE.length] ?? TEXT;

export const backgroundOf = ({ background }: Chart): Color =>
  background.trim() === '' ? [0, 0, 0, 0] : colorOf(background);

export const fillOf = ({ color, lineColor }: Series, index: number): Color =>
  color !== undefined ? colorOf(color) : lineColor !== undefined ? colorOf(lineColor) : paletteColor(index);

export const strokeOf = ({ color, lineColor }: Series, index: number): Color =>
  lineColor !== undefined ? colorOf(lineColor) : color !== undefined ? colorOf(color) : paletteColor(index);

export const faded = ([red, green, blue, alpha]: Color, part: number): Color => [
  red,
  green,
  blue,
  Math.round(alpha * part),
];
