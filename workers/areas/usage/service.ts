import { METERS } from '../../../core/quota/meters.ts';
import type { MeterRpc, UsageSummary } from '../../../durable-objects/meter/protocol.ts';
import { problemsOf } from '../../kit/problem.ts';
import { nameOf, shown } from '../../../core/quota/event.ts';
import { amountsOf, flowNamed } from './amounts.ts';
import { errors } from './contract.ts';
import { usageCsv } from './csv.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Points of one answer: two months of hours, or some years of days. */
const MAX_POINTS = 1_500;
const MAX_ROWS = 100_000;
const DEFAULT_MS = { hour: 2 * DAY_MS, day: 31 * DAY_MS };

const problem = problemsOf(errors);

/** What the service may use; index.ts wires it. */
interface UsagePorts {
  meter: MeterRpc;
  /** Has every shard report what it knows: then the meter knows all that was recorded. */
  settle(): Promise<void>;
  now(): number;
}

interface Span {
  since?: number | undefined;
  until?: number | undefined;
}

export function usageService({ meter, settle, now }: UsagePorts) {
  const spanOf = ({ since, until }: Span, by: 'hour' | 'day') => {
    const untilMs = until ?? now() + 1;
    const sinceMs = since ?? untilMs - DEFAULT_MS[by];
    const unitMs = by === 'hour' ? HOUR_MS : DAY_MS;
    if (sinceMs >= untilMs) throw problem('span-invalid', { hint: 'Give a "since" that is before "until".' });
    if ((untilMs - sinceMs) / unitMs > MAX_POINTS) {
      throw problem('span-invalid', { detail: `At most ${MAX_POINTS} ${by}s at once.`, hint: 'Ask for a part.' });
    }
    return { sinceMs, untilMs };
  };
  return {
    async now() {
      await settle();
      return nowView(await meter.summary());
    },
    async series({ by, workflow, ...span }: Span & { by: 'hour' | 'day'; workflow?: string | undefined }) {
      const range = spanOf(span, by);
      await settle();
      const call = { by, ...range, limit: MAX_POINTS + 2, ...(workflow === undefined ? {} : { workflow }) };
      const points = await meter.series(call);
      return { points: points.map(({ atMs, counts }) => ({ at: atMs, amounts: amountsOf(counts) })) };
    },
    async workflows({ sort, limit, ...span }: Span & { sort: string; limit: number }) {
      const range = spanOf(span, 'day');
      await settle();
      const found = await meter.byWorkflow({ ...range, sort: flowNamed(sort), limit });
      return { workflows: found.map(({ workflow, counts }) => ({ workflow, amounts: amountsOf(counts) })) };
    },
    async csv({ by, ...span }: Span & { by: 'hour' | 'day' }): Promise<string> {
      const range = spanOf(span, by);
      await settle();
      return usageCsv(await meter.series({ by, ...range, split: true, limit: MAX_ROWS }));
    },
    async notices(limit: number) {
      const notices = await meter.notices(limit);
      return {
        notices: notices.map(({ meter: of, limit: bound, used, ...notice }) => {
          return { ...notice, meter: nameOf(of), limit: shown(of, bound), used: shown(of, used) };
        }),
      };
    },
  };
}

function nowView({ plan, limits, period, used, outstanding }: UsageSummary) {
  return {
    plan,
    period: { id: period.id, start: period.startMs, end: period.endMs },
    meters: METERS.map((meter) => {
      const { soft, hard } = limits.meters[meter] ?? {};
      const bound = hard ?? soft;
      return {
        meter: nameOf(meter),
        used: shown(meter, used[meter]),
        ...(soft === undefined ? {} : { soft: shown(meter, soft) }),
        ...(hard === undefined ? {} : { hard: shown(meter, hard) }),
        ...(bound === undefined ? {} : { percent: bound === 0 ? 100 : Math.floor((used[meter] * 1_000) / bound) / 10 }),
      };
    }),
    rates: limits.rates,
    effects: limits.effects,
    leased: outstanding,
  };
}
