import type { Rate } from './bucket.ts';
import { METERS, type Meter } from './meters.ts';

/** `soft`: people are told, nothing is refused. `hard`: what would go beyond is refused. Absent: no limit. */
export interface Limit {
  soft?: number;
  hard?: number;
}

export interface Limits {
  meters: { [M in Meter]?: Limit };
  rates: {
    /** Runs started. */
    runs?: Rate;
    /** API calls, each weighing its contract's cost. */
    api?: Rate;
    /** The same for one key. */
    apiPerKey?: Rate;
  };
  /** Effects (requests, code) of one runner under way at once. */
  effects: number;
}

/** A plan is data: one file in plans/. */
export interface Plan extends Limits {
  name: string;
  title: string;
  summary: string;
}

/** What an operator changed for one tenant. null takes a limit away. */
export interface Overrides {
  meters?: { [M in Meter]?: Limit | null };
  rates?: { [R in keyof Limits['rates']]?: Rate | null };
  effects?: number;
}

/** A plan with a tenant's overrides. */
export function limitsFrom(plan: Plan, overrides: Overrides = {}): Limits {
  const meters: Limits['meters'] = {};
  for (const meter of METERS) {
    const over = overrides.meters?.[meter];
    const limit = over === undefined ? plan.meters[meter] : over;
    if (limit) meters[meter] = limit;
  }
  const rates: Limits['rates'] = {};
  for (const name of ['runs', 'api', 'apiPerKey'] as const) {
    const over = overrides.rates?.[name];
    const rate = over === undefined ? plan.rates[name] : over;
    if (rate) rates[name] = rate;
  }
  return { meters, rates, effects: overrides.effects ?? plan.effects };
}
