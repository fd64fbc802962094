import { describe, it } from 'vitest';
import type { Item } from '../data/item.ts';
import { MAX_STEP_CHARS, outputsFit, sizeWithin } from './size.ts';

const item = (json: Item['json']): Item => ({ json });

describe('the size of what a step gives', () => {
  it('[RUN17] counts a value that many items share as often as it is written down', ({ expect }) => {
    const big = 'x'.repeat(1_000_000);
    const repeated = Array.from({ length: 40 }, () => item({ big }));
    expect(outputsFit([repeated.slice(0, 30)], [])).toBe(true);
    expect(outputsFit([repeated], [])).toBe(false);
    expect(outputsFit([repeated.slice(0, 20), null, repeated.slice(20)], [])).toBe(false);
  });

  it('[RUN17] refuses by name what is nested too deeply to be written down', ({ expect }) => {
    let deep: Item['json'][string] = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(() => outputsFit([[item({ deep })]], [])).toThrow(
      expect.objectContaining({ code: 'output-too-deep' }) as Error,
    );
    expect(sizeWithin(deep, MAX_STEP_CHARS)).toBeUndefined();
  });

  it('[RUN17] does not count again what passes through untouched', ({ expect }) => {
    const big = item({ big: 'x'.repeat(MAX_STEP_CHARS + 1) });
    expect(outputsFit([[big]], [])).toBe(false);
    expect(outputsFit([[{ ...big, pairedItem: 0 }]], [[big]])).toBe(true);
  });

  it('comes close to the length of the JSON text, never far below it', ({ expect }) => {
    for (const value of [
      [],
      {},
      'text',
      [1, 2, 3],
      { a: 'b', c: [true, null, { d: 12_345 }] },
      Array.from({ length: 100 }, (_, i) => ({ i, name: `n${i}` })),
      JSON.parse('{"__proto__":{"a":"b"},"constructor":1}') as object,
    ]) {
      const length = JSON.stringify(value).length;
      const size = sizeWithin(value, 1_000_000) ?? 0;
      expect(size).toBeGreaterThanOrEqual(length * 0.7);
      expect(size).toBeLessThanOrEqual(length * 2 + 10);
    }
    expect(sizeWithin('x'.repeat(100), 50)).toBe(undefined);
  });
});
