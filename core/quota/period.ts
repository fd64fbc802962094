import { HOUR_MS } from './meters.ts';

/** A calendar month in UTC: flows are limited per month. */
export interface Period {
  /** `2026-11`. */
  id: string;
  startMs: number;
  /** Exclusive. */
  endMs: number;
}

export function periodAt(atMs: number): Period {
  const at = new Date(atMs);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return {
    id: at.toISOString().slice(0, 7),
    startMs: Date.UTC(year, month, 1),
    endMs: Date.UTC(year, month + 1, 1),
  };
}

export const hoursOf = ({ startMs, endMs }: Pick<Period, 'startMs' | 'endMs'>): { from: number; to: number } => ({
  from: Math.floor(startMs / HOUR_MS),
  to: Math.ceil(endMs / HOUR_MS),
});
