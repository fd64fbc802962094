import { IANAZone } from 'luxon';
import type { Rule } from './recurrence.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Offset of a zone at an instant, in milliseconds; local = UTC + offset. */
const offsetAt = (zone: IANAZone, atMs: number): number => zone.offset(atMs) * MINUTE_MS;

/** Instants a rule fires at in a zone, ascending, all after `afterMs`. */
export function instantsOf(rule: Rule, where: { zone: string; afterMs: number }): Generator<number, undefined> {
  const zone = IANAZone.create(where.zone);
  return rule.isInterval ? elapsed(rule, zone, where.afterMs) : timesOfDay(rule, zone, where.afterMs);
}

/** Times of day: each wall time becomes one instant. */
function* timesOfDay(rule: Rule, zone: IANAZone, afterMs: number): Generator<number, undefined> {
  let last = afterMs;
  // A clock set back repeats walls already past, so look a day behind and drop what was before `afterMs`.
  let wall = rule.next(afterMs + offsetAt(zone, afterMs) - DAY_MS);
  while (wall !== undefined) {
    const atMs = instantOf(wall, zone);
    if (atMs > last) {
      last = atMs;
      yield atMs;
    }
    wall = rule.next(wall);
  }
  return undefined;
}

/** The instant of a wall time: the first of two, or the end of the gap it falls in. */
function instantOf(wall: number, zone: IANAZone): number {
  // The earlier of two occurrences is the one under the larger offset, the one before the clock was set back.
  const offsets = [offsetAt(zone, wall - DAY_MS), offsetAt(zone, wall + DAY_MS)].toSorted((a, b) => b - a);
  for (const offset of offsets) {
    if (offsetAt(zone, wall - offset) === offset) return wall - offset;
  }
  const [larger = 0, smaller = 0] = offsets;
  return changeBetween(zone, wall - larger, wall - smaller);
}

/** First instant of the new offset, when the offset changes within (fromMs, toMs]. */
function changeBetween(zone: IANAZone, fromMs: number, toMs: number): number {
  const before = offsetAt(zone, fromMs);
  let low = fromMs;
  let high = toMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Rules of elapsed time: follow the clock, and begin anew with the clock's face at each change. */
function* elapsed(rule: Rule, zone: IANAZone, afterMs: number): Generator<number, undefined> {
  let from = afterMs;
  let offset = offsetAt(zone, from + 1);
  for (;;) {
    const wall = rule.next(from + offset);
    if (wall === undefined) return undefined;
    const change = changeWithin(zone, { fromMs: from, toMs: wall - offset, offset });
    if (change === undefined) {
      from = wall - offset;
      yield from;
    } else {
      from = change - 1;
      offset = offsetAt(zone, change);
    }
  }
}

/** The first change of offset in (fromMs, toMs], looking at least once a day so that none is stepped over. */
function changeWithin(zone: IANAZone, span: { fromMs: number; toMs: number; offset: number }): number | undefined {
  let from = span.fromMs;
  while (from < span.toMs) {
    const to = Math.min(span.toMs, from + DAY_MS);
    if (offsetAt(zone, to) !== span.offset) return changeBetween(zone, Math.max(from, span.fromMs + 1), to);
    from = to;
  }
  return undefined;
}
