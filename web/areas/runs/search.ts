/** Filters of the list of runs, as its address carries them. */
export interface RunsSearch {
  status?: string;
  workflow?: string;
  text?: string;
}

const FILTERS = ['status', 'workflow', 'text'] as const;

export const runsSearch = (search: Record<string, unknown>): RunsSearch =>
  Object.fromEntries(
    FILTERS.map((name) => [name, search[name]]).filter(([, value]) => typeof value === 'string' && value !== ''),
  ) as RunsSearch;
