/** Colours as `#rrggbb`. What follows is WCAG 2's arithmetic. */

const parts = (colour: string): number[] => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/** 0 for black to 1 for white. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = parts(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return r * 0.2126 + g * 0.7152 + b * 0.0722;
}

/** 1 (none) to 21. */
export function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever reads better on a colour: one of them always has 4.5. */
export const inkOn = (colour: string): string =>
  contrast(colour, '#000000') >= contrast(colour, '#ffffff') ? '#000000' : '#ffffff';

/** What text needs (WCAG 1.4.3). */
const ENOUGH = 4.5;
const STEPS = 20;

/** A colour moved toward black or white as little as it takes to be read on a ground. */
export function legible(colour: string, ground: string): string {
  const toward = parts(inkOn(ground));
  for (let step = 0; step <= STEPS; step++) {
    const mixed = parts(colour).map((part, index) => part + ((toward[index] ?? 0) - part) * (step / STEPS));
    const text = `#${mixed.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
    if (contrast(text, ground) >= ENOUGH) return text;
  }
  return inkOn(ground);
}
