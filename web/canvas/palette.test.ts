import { describe, it } from 'vitest';
import { COLORS, hueOf, tintOf } from './palette.ts';

describe('a colour on the canvas', () => {
  it('is of the palette, or one of its own', ({ expect }) => {
    expect(new Set(COLORS.map(hueOf)).size).toBe(COLORS.length);
    expect(hueOf('#1e90ff')).toBe('#1e90ff');
    expect(tintOf('#abc')).toContain('#abc');
  });

  it.for(['url(https://attacker.example/x)', 'red; background: blue', '#12345', 'constructor', '', '1e9', -1, 99, 0.5])(
    'is never what says to be none: %s',
    (color, { expect }) => {
      expect(hueOf(color)).toBe(hueOf(0));
    },
  );
});
