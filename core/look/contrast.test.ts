import fc from 'fast-check';
import { describe, it } from 'vitest';
import { contrast, inkOn, legible } from './contrast.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('[PAG17] a brand’s colours', () => {
  it('can be read, whatever they are', ({ expect }) => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    fc.assert(
      fc.property(colour, (chosen) => {
        expect(contrast(chosen, inkOn(chosen))).toBeGreaterThanOrEqual(4.5);
        for (const ground of ['#ffffff', '#f2f6f7', '#17222a', '#0f171c']) {
          expect(contrast(legible(chosen, ground), ground)).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  it('stay as they are where they can be read', ({ expect }) => {
    expect(legible('#0b6e6e', '#ffffff')).toBe('#0b6e6e');
    expect(legible('#ffee00', '#17222a')).toBe('#ffee00');
  });
});
