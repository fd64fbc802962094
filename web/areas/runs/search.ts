import type { InputOf } from '../../../sdk/client/index.ts';
import { momentIn } from '../../ui/typed-moment.ts';

const FILTERS = [
  'status',
  'workflow',
  /** A name, or ALL_ENVIRONMENTS; absent: the one that is chosen in the shell. */
  'environment',
  'version',
  'trigger',
  'mode',
  /** Id of a member, a key or a service account. */
  'startedBy',
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

interface Chosen {
  /** That of the shell. */
  environment: string;
  /** In which moments of the address are read; undefined: the browser's. */
  zone?: string | undefined;
}

/** What to ask the API for; `nowMs` is what periods count back from. */
export function queryOf(search: RunsSearch, nowMs: number, { environment: chosen, zone }: Chosen): Query {
  const { period, from, until, took, environment = chosen, ...same } = search;
  const backMs = period !== undefined && Object.hasOwn(PERIOD_MS, period) ? PERIOD_MS[period] : undefined;
  const fromMs = backMs === undefined ? momentIn(from ?? '', zone) : nowMs - backMs;
  const untilMs = backMs === undefined ? momentIn(until ?? '', zone) : undefined;
  return {
    // SAFETY: an address may say anything; the API says what it does not take
    ...(same as Query),
    ...(environment === ALL_ENVIRONMENTS ? {} : { environment }),
    ...(fromMs === undefined ? {} : { since: fromMs }),
    ...(untilMs === undefined ? {} : { until: untilMs }),
    ...(took === undefined || !Object.hasOwn(TOOK, took) ? {} : TOOK[took]),
  };
}

/** The other run of a comparison. */
export const compareSearch = (search: Record<string, unknown>): { with?: string } =>
  typeof search.with === 'string' && search.with !== '' ? { with: search.with } : {};

/** What of a run is looked at: a step by its index, or an edge by its key. */
export interface RunSearch {
  step?: number;
  edge?: string;
}

export const runSearch = ({ step, edge }: Record<string, unknown>): RunSearch => ({
  ...(Number.isSafeInteger(Number(step)) && step !== '' && step !== undefined && step !== null
    ? { step: Number(step) }
    : {}),
  ...(typeof edge === 'string' && edge !== '' ? { edge } : {}),
});
