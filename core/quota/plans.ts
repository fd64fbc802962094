import { limitsFrom, type Limits, type Overrides, type Plan } from './plan.ts';
import { PLANS } from './plans.generated.ts';

/** What a tenant has until somebody chooses: see plans/unlimited.ts. */
export const DEFAULT_PLAN = 'unlimited';

export const planNamed = (name: string): Plan | undefined => PLANS.find((plan) => plan.name === name);

/** A plan that is gone from the tree leaves its tenants without limits rather than without service. */
export const limitsOf = (name: string, overrides: Overrides): Limits =>
  limitsFrom(planNamed(name) ?? { name, title: name, summary: '', meters: {}, rates: {}, effects: 1_000 }, overrides);
