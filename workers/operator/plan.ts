import { z } from 'zod';
import { METERS } from '../../core/quota/meters.ts';
import type { Overrides } from '../../core/quota/plan.ts';
import { PLANS } from '../../core/quota/plans.generated.ts';
import { meterOf } from '../../durable-objects/stubs.ts';
import { bodyOf, jsonHash, profileOf, record } from './call.ts';
import type { OperatorCall } from './call.ts';

const Amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Limit = z.strictObject({ soft: Amount.optional(), hard: Amount.optional() }).nullable();
const Rate = z
  .strictObject({ perSecond: z.number().positive().max(1_000_000), burst: z.number().min(1).max(10_000_000) })
  .nullable();
export const PlanName = z.enum(PLANS.map(({ name }) => name) as [string, ...string[]]);
const Choice = z.strictObject({
  plan: PlanName,
  overrides: z
    .strictObject({
      meters: z.strictObject(Object.fromEntries(METERS.map((meter) => [meter, Limit.optional()]))).optional(),
      rates: z.strictObject({ runs: Rate.optional(), api: Rate.optional(), apiPerKey: Rate.optional() }).optional(),
      effects: z.number().int().min(1).max(1_000).optional(),
    })
    .default({}),
});

/** `GET /internal/plans`. */
export const plans = () => ({ plans: PLANS });

/** What an organisation has of its plan. */
export async function readPlan(call: OperatorCall) {
  const { id } = await profileOf(call, call.params[0] ?? '');
  const meter = meterOf(call.env, id);
  const { plan, overrides, limits, period, used, outstanding } = await meter.summary();
  return { plan, overrides, limits, period, used, outstanding, leases: await meter.ledger() };
}

export async function setPlan(call: OperatorCall) {
  const { id } = await profileOf(call, call.params[0] ?? '');
  const choice = await bodyOf(call, Choice);
  // SAFETY: validated above; zod types absent members as undefined, which JSON does not have.
  const { plan, overrides } = JSON.parse(JSON.stringify(choice)) as { plan: string; overrides: Overrides };
  const meter = meterOf(call.env, id);
  const before = await meter.summary();
  await meter.setPlan({ plan, overrides });
  await record(call, id, {
    action: 'operator.set-plan',
    before: await jsonHash({ plan: before.plan, overrides: before.overrides }),
    after: await jsonHash({ plan, overrides }),
  });
  return readPlan(call);
}
