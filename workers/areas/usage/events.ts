import { z } from 'zod';
import { METERS } from '../../../core/quota/meters.ts';
import { eventType } from '../../kit/contract.ts';

/** A tenant reached 80 or 100 % of a limit, for the first time in this period. Sent at least once by its meter object. */
export const LimitReached = z.strictObject({
  period: z.string(),
  meter: z.enum(METERS),
  percent: z.union([z.literal(80), z.literal(100)]),
  kind: z.enum(['soft', 'hard']),
  limit: z.number(),
  used: z.number(),
  at: z.number(),
});
export type LimitReached = z.output<typeof LimitReached>;

export const limitReached = eventType('usage.limit-reached', 1, LimitReached);
