import { NodeError } from '../../../node/kit.ts';
import { type Pixels, eachRow } from './pixels.ts';

/** How much of the upper and the lower pixel shows, by their alphas (Porter and Duff). */
type Shares = (upper: number, lower: number) => readonly [number, number];
/** One part of a color, 0 to 1, made of those above and below. */
type Mix = (upper: number, lower: number) => number;

const SHARES: ReadonlyMap<string, Shares> = new Map<string, Shares>([
  ['over', (upper) => [1, 1 - upper]],
  ['in', (_, lower) => [lower, 0]],
  ['out', (_, lower) => [1 - lower, 0]],
  ['atop', (upper, lower) => [lower, 1 - upper]],
  ['xor', (upper, lower) => [1 - lower, 1 - upper]],
  ['copy', () => [1, 0]],
  ['plus', () => [1, 1]],
]);

const MIXES: ReadonlyMap<string, Mix> = new Map<string, Mix>([
  ['add', (upper, lower) => (upper + lower) % (1 + 1 / 255)],
  ['minus', (upper, lower) => lower - upper],
  ['subtract', (upper, lower) => (lower - upper < 0 ? lower - upper + 1 : lower - upper)],
  ['difference', (upper, lower) => Math.abs(upper - lower)],
  ['multiply', (upper, lower) => upper * lower],
  ['bumpmap', (upper, lower) => upper * lower],
  ['divide', (upper, lower) => (upper === 0 ? 1 : lower / upper)],
]);

const COPIED: ReadonlyMap<string, number> = new Map([
  ['copyred', 0],
  ['copygreen', 1],
  ['copyblue', 2],
  ['copyopacity', 3],
]);

/** Lays `upper` onto `lower` at a place; the result has the size of `lower`. Changes `lower`. */
export async function composite(
  lower: Pixels,
  upper: Pixels,
  how: { x: number; y: number; operator: string; breathe: () => Promise<void> },
): Promise<void> {
  const pixel = operatorOf(how.operator);
  const bottom = Math.min(upper.height, lower.height - how.y);
  await eachRow({ top: Math.max(0, -how.y), bottom, width: upper.width, breathe: how.breathe }, (y) => {
    for (let x = Math.max(0, -how.x); x < upper.width && x + how.x < lower.width; x++) {
      const from = (y * upper.width + x) * 4;
      const to = ((y + how.y) * lower.width + x + how.x) * 4;
      pixel(upper.data, from, lower.data, to);
    }
  });
}

type PixelOperator = (upper: Uint8Array, from: number, lower: Uint8Array, to: number) => void;

function operatorOf(name: string): PixelOperator {
  const key = name.toLowerCase().replace(/[^a-z]/g, '');
  const part = COPIED.get(key);
  if (part !== undefined) return (upper, from, lower, to) => void (lower[to + part] = upper[from + part] as number);
  const shares = SHARES.get(key);
  if (shares) return porterDuff(shares);
  const mix = MIXES.get(key);
  if (mix) return mixed(mix);
  throw new NodeError('unknown-mode', `Images cannot be combined by "${name}".`);
}

const porterDuff =
  (shares: Shares): PixelOperator =>
  (upper, from, lower, to) => {
    const [above, below] = [(upper[from + 3] as number) / 255, (lower[to + 3] as number) / 255];
    const [upperShare, lowerShare] = shares(above, below);
    const [a, b] = [above * upperShare, below * lowerShare];
    const alpha = Math.min(1, a + b);
    for (let part = 0; part < 3; part++) {
      const sum = (upper[from + part] as number) * a + (lower[to + part] as number) * b;
      lower[to + part] = alpha === 0 ? 0 : Math.min(255, Math.round(sum / alpha));
    }
    lower[to + 3] = Math.round(alpha * 255);
  };

/** The mixed color shows as far as the upper image does. */
const mixed =
  (mix: Mix): PixelOperator =>
  (upper, from, lower, to) => {
    const above = (upper[from + 3] as number) / 255;
    for (let part = 0; part < 3; part++) {
      const below = (lower[to + part] as number) / 255;
      const value = Math.max(0, Math.min(1, mix((upper[from + part] as number) / 255, below)));
      lower[to + part] = Math.round((value * above + below * (1 - above)) * 255);
    }
    lower[to + 3] = Math.max(lower[to + 3] as number, upper[from + 3] as number);
  };
