import type { Meter } from './meters.ts';
import type { Notice } from './notice.ts';

const US_PER_MS = 1_000;

/** CPU is counted in microseconds and shown in milliseconds. */
export const shown = (meter: Meter, count: number): number => (meter === 'cpuUs' ? count / US_PER_MS : count);
export const nameOf = (meter: Meter): string => (meter === 'cpuUs' ? 'cpuMs' : meter);

/** A notice as clients see it. */
interface ShownNotice extends Omit<Notice, 'meter'> {
  meter: string;
  /** `2026-11`. */
  period: string;
  /** Epoch milliseconds. */
  at: number;
}

/** What a sink gets: limits that were reached, in their order. A new shape is a new version. */
export interface UsageEvent {
  event: 'usage.limit-reached';
  version: 1;
  organization: string;
  /** Position of the first and last notice. */
  from: number;
  to: number;
  notices: readonly ShownNotice[];
}

type Stored = Notice & { id: number; period: string; at: number };

/** Undefined when there is nothing to say. */
export function usageEvent(organization: string, stored: readonly Stored[]): UsageEvent | undefined {
  const [first, last] = [stored[0], stored.at(-1)];
  if (!first || !last) return undefined;
  const notices = stored.map(({ meter, percent, kind, limit, used, period, at }) => ({
    meter: nameOf(meter),
    percent,
    kind,
    limit: shown(meter, limit),
    used: shown(meter, used),
    period,
    at,
  }));
  return { event: 'usage.limit-reached', version: 1, organization, from: first.id, to: last.id, notices };
}
