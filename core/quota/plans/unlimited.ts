import type { Plan } from '../plan.ts';

/** What a tenant has when nobody chose: one machine belongs to whoever runs it. */
export const plan: Plan = {
  name: 'unlimited',
  title: 'Unlimited',
  summary: 'Everything is counted, nothing is limited.',
  meters: {},
  rates: {},
  effects: 1_000,
};
