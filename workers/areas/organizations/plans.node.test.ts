import { describe, it } from 'vitest';
import { Problem } from '../../kit/problem.ts';
import { offeredPlan } from './plans.ts';

const refused = (wanted: string, offered?: string): string => {
  try {
    return `given: ${offeredPlan(wanted, offered)}`;
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

describe('the plan of who signs up', () => {
  it('is one of those on offer, or the deployment’s own', ({ expect }) => {
    expect(offeredPlan(undefined, 'free')).toBeUndefined();
    expect(offeredPlan('team', 'free, team')).toBe('team');
    expect(refused('business', 'free, team')).toBe('plan-not-offered');
    expect(refused('unlimited')).toBe('plan-not-offered');
    for (const odd of ['', 'golden', '__proto__', 'free,team']) expect(refused(odd, 'free,team')).toBe('input-invalid');
  });
});
