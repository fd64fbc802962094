import { describe, it } from 'vitest';
import { runBatch } from './batch.ts';

/** Enough that every kind of trouble below happens; `npm test` runs thousands, `npm run simulate` the million. */
const SEEDS = 800;

describe('simulation', () => {
  it(
    `[P1] [P2] [P3] [P4] [P5] [P6] [P7] [P8] [P9] [P10] ${SEEDS} seeds keep every promise`,
    { timeout: 60_000 },
    ({ expect }) => {
      const { failures, coverage } = runBatch({ from: 0, to: SEEDS });
      expect(failures).toEqual([]);
      const kinds = [
        'crashesWithLoss',
        'killedHosts',
        'evictions',
        'tornCommits',
        'cutCommits',
        'staleDrivers',
        'staleCommitsRefused',
        'lostReplies',
        'doubleReplies',
        'lateReplies',
        'failReplies',
        'refuseReplies',
        'clockBack',
        'clockForward',
        'cancels',
        'pauses',
        'resumes',
        'signals',
        'resolves',
        'reruns',
        'migrations',
        'migrationsRefused',
        'duplicates',
      ];
      for (const kind of kinds) expect(coverage[kind] ?? 0, kind).toBeGreaterThan(0);
    },
  );
});
