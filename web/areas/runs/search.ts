import type { InputOf } from '../../../sdk/client/index.ts';

const FILTERS = [
  'status',
  'workflow',
  /** A name, or ALL_ENVIRONMENTS; absent: the one that is chosen in the shell. */
  'environment',
  'version',
  'trigger',
  'mode',
  'text',
  /** `1h`, `24h`, `7d`, `30d`, or `between` with `from` and `until` as local date and time. */
  'period',
  'from',
  'until',
  /** A key of TOOK. */
  'took',
] as const;

/** Filters of the list of runs, as its address carries them. */
export type RunsSearch = Partial<Record<(typeof FILTERS)[number], string>>;

export const runsSearch = (search: Record<string, unknown>): RunsSearch =>
  Object.fromEntries(
    // the router reads `7` in an address as a number
    FILTERS.map((name) => [name, typeof search[name] === 'number' ? String(search[name]) : search[name]]).filter(
      ([, value]) => typeof value === 'string' && value !== '',
    ),
  ) as RunsSearch;

const PERIOD_MS: Readonly<Record<string, number>> = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
};
const TOOK: Readonly<Record<string, { minTook?: number; maxTook?: number }>> = {
  fast: { maxTook: 1_000 },
  slow: { minTook: 10_000 },
  minute: { minTook: 60_000 },
  hour: { minTook: 3_600_000 },
};

type Query = NonNullable<InputOf<'GET /v1/runs'>['query']>;

/** No environment can be called this. */
export const ALL_ENVIRONMENTS = '~all';

/** What to ask the API for; `nowMs` is what periods count back from, `chosen` the environment of the shell. */
export function queryOf(search: RunsSearch, nowMs: number, chosen: string): Query {
  const { period, from, until, took, environment = chosen, ...same } = search;
  const backMs = period !== undefined && Object.hasOwn(PERIOD_MS, period) ? PERIOD_MS[period] : undefined;
  const fromMs = backMs === undefined ? momentOf(from) : nowMs - backMs;
  const untilMs = backMs === undefined ? momentOf(until) : undefined;
  return {
    // SAFETY: an address may say anything; the API says what it does not take
    ...(same as Query),
    ...(environment === ALL_ENVIRONMENTS ? {} : { environment }),
    ...(fromMs === undefined ? {} : { since: fromMs }),
    ...(untilMs === undefined ? {} : { until: untilMs }),
    ...(took === undefined || !Object.hasOwn(TOOK, took) ? {} : TOOK[took]),
  };
}

function momentOf(local: string | undefined): number | undefined {
  const moment = local === undefined ? Number.NaN : new Date(local).getTime();
  return Number.isNaN(moment) ? undefined : moment;
}

/** The other run of a comparison. */
export const compareSearch = (search: Record<string, unknown>): { with?: string } =>
  typeof search.with === 'string' && search.with !== '' ? { with: search.with } : {};
