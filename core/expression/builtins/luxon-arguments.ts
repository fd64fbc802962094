import { DateTime, Duration, Settings, type DurationLikeObject } from 'luxon';
import type { Runtime } from '../runtime.ts';
import { toNum, toStr } from '../value/coerce.ts';
import { parseDate } from '../value/date-text.ts';
import { typeFault } from '../value/error-value.ts';
import { isPlain } from '../value/plain.ts';
import { MAKE_DATE } from '../value/price.ts';
import { DEFAULT_LOCALE, intlOptions } from './intl.ts';

/** luxon fills what a text or an object leaves out from its own clock: it is set just before each use. */
function setClock(rt: Runtime): void {
  const { nowMs } = rt.scope;
  Settings.now = () => nowMs;
}

/** What luxon functions get: own primitive fields, in the workflow's zone and a fixed locale unless given. */
export function luxonOptions(rt: Runtime, value: unknown): Record<string, string | number | boolean> {
  setClock(rt);
  return { zone: rt.scope.zone, locale: DEFAULT_LOCALE, ...intlOptions(value) };
}

export function at(rt: Runtime, ms: number): DateTime {
  rt.charge(MAKE_DATE);
  return DateTime.fromMillis(ms, { zone: rt.scope.zone, locale: DEFAULT_LOCALE });
}

/** DateTime, Date, ISO text or milliseconds as a DateTime; undefined when it is none. */
export function toDateTime(rt: Runtime, value: unknown): DateTime | undefined {
  if (value instanceof DateTime) return value;
  if (value instanceof Date) return at(rt, value.getTime());
  if (typeof value === 'number') return at(rt, value);
  if (typeof value !== 'string') return undefined;
  rt.charge(2 * MAKE_DATE + (value.length >> 3));
  setClock(rt);
  const iso = DateTime.fromISO(value, { zone: rt.scope.zone, locale: DEFAULT_LOCALE });
  if (iso.isValid) return iso;
  const ms = parseDate(value);
  return Number.isNaN(ms) ? undefined : at(rt, ms);
}

export function needDateTime(rt: Runtime, value: unknown): DateTime {
  const made = toDateTime(rt, value);
  if (!made) throw typeFault('The value is no date');
  return made;
}

const UNITS = new Set('year quarter month week day hour minute second millisecond weekday'.split(' '));

/** `day` and `days` alike; undefined for what is no unit. */
export function unitOf(value: string): keyof DurationLikeObject | undefined {
  const one = value.trim().toLowerCase().replace(/s$/, '');
  return UNITS.has(one) ? (`${one}s` as keyof DurationLikeObject) : undefined;
}

/** `({days: 1})`, `(1, 'day')`, a Duration or milliseconds. */
export function toDuration(rt: Runtime, value: unknown, unit?: unknown): Duration | DurationLikeObject {
  if (value instanceof Duration) return value;
  if (isPlain(value)) return intlOptions(value) as DurationLikeObject;
  const amount = toNum(rt, value);
  const name = unit === undefined ? 'milliseconds' : unitOf(toStr(rt, unit));
  if (!name) throw typeFault(`'${toStr(rt, unit).slice(0, 40)}' is no unit of time`);
  return { [name]: amount };
}

export function units(rt: Runtime, value: unknown, fallback: string): (keyof DurationLikeObject)[] {
  const list = Array.isArray(value) ? value.slice(0, 10) : [value ?? fallback];
  return list.map((name) => {
    const unit = unitOf(toStr(rt, name));
    if (!unit) throw typeFault(`'${toStr(rt, name).slice(0, 40)}' is no unit of time`);
    return unit;
  });
}
