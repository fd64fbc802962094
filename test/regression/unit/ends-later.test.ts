import { describe, it } from 'vitest';
import { spanOf } from '../../../web/ui/span.ts';

const NOW = Date.UTC(2026, 10, 26, 12);

describe('a moment that is to come', () => {
  // a key that ends next week was shown as ending now
  it('is so many days ahead', ({ expect }) => {
    expect(spanOf(NOW + 7 * 86_400_000, NOW)).toEqual({ isToCome: true, count: 7, unit: 'day' });
    expect(spanOf(NOW + 120_000, NOW)).toEqual({ isToCome: true, count: 2, unit: 'minute' });
  });

  it('is now where only clocks differ, and past where it is', ({ expect }) => {
    expect(spanOf(NOW + 8_000, NOW)).toEqual({ isToCome: false, count: 0, unit: 'second' });
    expect(spanOf(NOW - 3 * 3_600_000, NOW)).toEqual({ isToCome: false, count: 3, unit: 'hour' });
  });
});
