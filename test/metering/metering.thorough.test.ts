import { describe, it } from 'vitest';
import { simulate } from './simulate.ts';

describe('metering under faults', () => {
  it(
    '[USE1] [USE2] [USE3] counts every run once and overdraws no lease, in any of many histories',
    { timeout: 60_000 },
    async ({ expect }) => {
      const seen: Record<string, number> = {};
      for (let seed = 1; seed <= 40; seed++) {
        const { problem, coverage, refusals } = await simulate({ seed, events: 3_000, isLimited: seed % 2 === 0 });
        expect(problem, `seed ${seed}`).toBeUndefined();
        for (const [what, times] of Object.entries({ ...coverage, refusals })) seen[what] = (seen[what] ?? 0) + times;
      }
      // A simulation in which nothing goes wrong proves nothing.
      for (const what of [
        'shardCrashes',
        'meterCrashes',
        'lostRequests',
        'lostReplies',
        'ghosts',
        'recalls',
        'refusals',
      ]) {
        expect(seen[what], what).toBeGreaterThan(20);
      }
    },
  );
});
