import fc from 'fast-check';
import { describe, it } from 'vitest';
import { maskOf } from './credentials.ts';

// few letters: secrets then hold beginnings of themselves and of each other
const secret = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 6, maxLength: 9 });
const part = fc.oneof(secret, fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 4 }));

describe('[HTE9] the mask of a text that goes on', () => {
  it('never shows what the mask of the whole hides', ({ expect }) => {
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 3 }),
        fc.array(part, { maxLength: 6 }),
        (secrets, parts) => {
          const mask = maskOf(secrets);
          const text = [...parts, ...secrets].join('');
          const whole = mask(text);
          for (let end = 0; end <= text.length; end++) {
            expect(whole.startsWith(mask.growing(text.slice(0, end)))).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows all that holds no secret, and is quick with one that is like nothing but itself', ({ expect }) => {
    const mask = maskOf(['canary-secret-12345']);
    expect(mask.growing('all is well')).toBe('all is well');
    expect(mask.growing('canary-secret-12345!')).toBe('[secret]!');
    expect(mask.growing('canary-secret-12345 is canary-')).toBe('[secret] is ');
    const before = performance.now();
    expect(maskOf(['a'.repeat(8)]).growing('a'.repeat(200_000))).toBe('');
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
