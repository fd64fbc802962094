import type { Color } from '../../edit-image/transform/color.ts';

export type Point = readonly [x: number, y: number];

/** What a chart consists of, in units with the origin at the top left; drawn in this order. */
export type Shape =
  | { kind: 'polygon'; points: Point[]; fill: Color }
  | { kind: 'line'; points: Point[]; color: Color; width: number }
  | { kind: 'circle'; at: Point; radius: number; fill: Color }
  /** A part of a ring, clockwise from the top, in turns. */
  | { kind: 'wedge'; at: Point; inner: number; outer: number; from: number; to: number; fill: Color }
  | { kind: 'text'; at: Point; text: string; size: number; anchor: 'start' | 'middle' | 'end'; color: Color };

export interface Scene {
  width: number;
  height: number;
  background: Color;
  shapes: Shape[];
}

export const rectangle = (left: number, top: number, right: number, bottom: number, fill: Color): Shape => ({
  kind: 'polygon',
  points: [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ],
  fill,
});

/** About how wide text is, in units; fonts differ by some percent. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) {
    ems += /[iljtfI.,:;|!'()[\] ]/.test(character)
      ? 0.28
      : /[mwMW@%]/.test(character)
        ? 0.85
        : character > '\u2e80'
          ? 1
          : 0.56;
  }
  return ems * size;
}

/** Text that fits a width, cut with dots when it must be. */
export function fitted(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let end = text.length;
  while (end > 1 && textWidth(`${text.slice(0, end)}…`, size) > width) end--;
  return `${text.slice(0, end)}…`;
}
