import type { Plan } from '../plan.ts';

export const plan: Plan = {
  name: 'team',
  title: 'Team',
  summary: 'For a team whose work depends on it.',
  meters: {
    runs: { soft: 40_000, hard: 50_000 },
    steps: { hard: 2_500_000 },
    cpuUs: { hard: 10 * 3_600_000_000 },
    egressBytes: { hard: 100_000_000_000 },
    apiCalls: { soft: 5_000_000 },
    aiTokens: { hard: 10_000_000 },
    storageBytes: { soft: 40_000_000_000, hard: 50_000_000_000 },
    members: { hard: 25 },
  },
  rates: {
    runs: { perSecond: 50, burst: 500 },
    api: { perSecond: 100, burst: 1_000 },
    apiPerKey: { perSecond: 50, burst: 500 },
  },
  effects: 50,
};
