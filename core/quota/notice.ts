import type { Limits } from './plan.ts';
import { METERS, type Meter } from './meters.ts';

/** Percent of a limit at which people are told. */
const THRESHOLDS = [80, 100] as const;
type Threshold = (typeof THRESHOLDS)[number];

export interface Notice {
  meter: Meter;
  percent: Threshold;
  kind: 'soft' | 'hard';
  limit: number;
  used: number;
}

/** Every threshold that is reached now; the host keeps which of them were told already in this period. */
export function reached(used: { [M in Meter]?: number }, limits: Limits): Notice[] {
  return METERS.flatMap((meter) => {
    const { soft, hard } = limits.meters[meter] ?? {};
    const amount = used[meter] ?? 0;
    const notices = (limit: number | undefined, kind: Notice['kind']): Notice[] =>
      limit === undefined
        ? []
        : THRESHOLDS.filter((percent) => amount * 100 >= limit * percent).map((percent) => {
            return { meter, percent, kind, limit, used: amount };
          });
    return [...notices(soft, 'soft'), ...notices(hard, 'hard')];
  });
}
