import type { Plan } from '../plan.ts';

export const plan: Plan = {
  name: 'free',
  title: 'Free',
  summary: 'To try it out, and for what runs a few times an hour.',
  meters: {
    runs: { soft: 800, hard: 1_000 },
    steps: { hard: 25_000 },
    cpuUs: { hard: 10 * 60_000_000 },
    egressBytes: { hard: 1_000_000_000 },
    apiCalls: { soft: 100_000 },
    aiTokens: { hard: 100_000 },
    storageBytes: { soft: 400_000_000, hard: 500_000_000 },
    members: { hard: 3 },
  },
  rates: {
    runs: { perSecond: 5, burst: 50 },
    api: { perSecond: 20, burst: 200 },
    apiPerKey: { perSecond: 10, burst: 100 },
  },
  effects: 10,
};
