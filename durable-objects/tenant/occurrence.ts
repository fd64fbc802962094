/** The next start strictly after a moment, in epoch milliseconds; null when there is none. */
type NextAfter = (afterMs: number) => number | null;

const FIRST_WINDOW_MS = 1_000;
const WINDOW_GROWTH = 4;
/** A window found by growing fourfold holds few starts; more means the rule is denser than seconds. */
const MAX_STEPS = 10_000;

/**
 * The latest start in [firstDueMs, nowMs]. After downtime only this one is made up for. Looks back from now in
 * growing windows, so a year of missed seconds costs as little as one missed day.
 */
export function latestDue(firstDueMs: number, nowMs: number, nextAfter: NextAfter): number {
  for (let windowMs = FIRST_WINDOW_MS; ; windowMs *= WINDOW_GROWTH) {
    const from = nowMs - windowMs;
    if (from < firstDueMs) return lastBefore(firstDueMs, nowMs, nextAfter);
    const found = nextAfter(from);
    if (found !== null && found <= nowMs) return lastBefore(found, nowMs, nextAfter);
  }
}

function lastBefore(knownMs: number, nowMs: number, nextAfter: NextAfter): number {
  let latest = knownMs;
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = nextAfter(latest);
    if (next === null || next > nowMs || next <= latest) break;
    latest = next;
  }
  return latest;
}
