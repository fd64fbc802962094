import type { Plan } from '../plan.ts';

export const plan: Plan = {
  name: 'business',
  title: 'Business',
  summary: 'For many teams; runs beyond the soft limit are counted, not refused.',
  meters: {
    runs: { soft: 1_000_000 },
    steps: { soft: 50_000_000 },
    cpuUs: { soft: 200 * 3_600_000_000 },
    egressBytes: { soft: 2_000_000_000_000 },
    apiCalls: { soft: 100_000_000 },
    aiTokens: { soft: 200_000_000 },
    storageBytes: { soft: 1_000_000_000_000, hard: 2_000_000_000_000 },
    members: { soft: 250, hard: 1_000 },
  },
  rates: {
    runs: { perSecond: 500, burst: 5_000 },
    api: { perSecond: 500, burst: 5_000 },
    apiPerKey: { perSecond: 250, burst: 2_500 },
  },
  effects: 200,
};
