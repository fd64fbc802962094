const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

export type SpanUnit = (typeof STEPS)[number][0];

/** The page's clock stands still for ten seconds, and a server's may be ahead: only what is later than this is to come. */
const AHEAD_MS = 60_000;

/** How far a moment is from now, in the largest unit that it fills. */
export function spanOf(atMs: number, nowMs: number): { isToCome: boolean; count: number; unit: SpanUnit } {
  const isToCome = atMs > nowMs + AHEAD_MS;
  const spanMs = isToCome ? atMs - nowMs : Math.max(nowMs - atMs, 0);
  const [unit, size] = STEPS.find(([, each]) => spanMs >= each) ?? ['second', 1_000];
  return { isToCome, count: Math.round(spanMs / size), unit };
}
