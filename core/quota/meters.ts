/** What is counted as it happens, over a period. `cpuUs`: microseconds. */
export const FLOWS = ['runs', 'steps', 'cpuUs', 'egressBytes', 'apiCalls', 'aiTokens'] as const;
/** What is there at a moment. */
const GAUGES = ['storageBytes', 'members'] as const;
export const METERS = [...FLOWS, ...GAUGES] as const;

export type Flow = (typeof FLOWS)[number];
export type Gauge = (typeof GAUGES)[number];
export type Meter = (typeof METERS)[number];

/** Whole numbers by meter; what is absent is 0. */
export type Counts = { [F in Flow]?: number };

/** What one workflow used in one hour. `workflow` is empty for what belongs to none, such as API calls. */
export interface UsageLine {
  /** Hours since the epoch. */
  hour: number;
  workflow: string;
  counts: Counts;
}

export const HOUR_MS = 3_600_000;
export const hourOf = (atMs: number): number => Math.floor(atMs / HOUR_MS);

export function addCounts(to: Counts, more: Counts): void {
  for (const flow of FLOWS) {
    const count = more[flow];
    if (count) to[flow] = (to[flow] ?? 0) + count;
  }
}
