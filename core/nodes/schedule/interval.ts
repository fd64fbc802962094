import type { Json, JsonObject } from '../../data/item.ts';
import { NodeError } from '../../node/kit.ts';
import type { Rule } from './recurrence.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 1970-01-01 was a Thursday: days until the week began, with Sunday as day 0. */
const FIRST_WEEKDAY = 4;

/**
 * An interval rule of a schedule node. Intervals longer than one unit count from the epoch in local time, not from the
 * last run, so that the same rule fires at the same times everywhere: every 3 days is every day whose number divides
 * by 3, every 2 weeks every week whose number does. n8n's defaults apply to fields left out.
 */
export function intervalRule(rule: JsonObject): Rule {
  const field = String(rule.field ?? 'days');
  const minute = within(rule.triggerAtMinute, { name: 'minute', from: 0, to: 59, initial: 0 });
  switch (field) {
    case 'seconds':
      return every(whole(rule.secondsInterval, 30, field) * SECOND_MS);
    case 'minutes':
      return every(whole(rule.minutesInterval, 5, field) * MINUTE_MS);
    case 'hours':
      return every(whole(rule.hoursInterval, 1, field) * HOUR_MS, minute * MINUTE_MS);
    default:
  }
  const hour = within(rule.triggerAtHour, { name: 'hour', from: 0, to: 23, initial: 0 });
  const timeMs = hour * HOUR_MS + minute * MINUTE_MS;
  switch (field) {
    case 'days': {
      const days = whole(rule.daysInterval, 1, field);
      return onDays(timeMs, (day) => day % days === 0);
    }
    case 'weeks': {
      const weeks = whole(rule.weeksInterval, 1, field);
      const listed = Array.isArray(rule.triggerAtDay) ? rule.triggerAtDay : [rule.triggerAtDay ?? 0];
      const weekdays = new Set(listed.map((day) => Number(day) % 7));
      return onDays(timeMs, (day) => weekdays.has(weekdayOf(day)) && weekOf(day) % weeks === 0);
    }
    case 'months': {
      const months = whole(rule.monthsInterval, 1, field);
      const dayOfMonth = within(rule.triggerAtDayOfMonth, { name: 'day of the month', from: 1, to: 31, initial: 1 });
      return monthly({ months, dayOfMonth, timeMs });
    }
    default:
      throw new NodeError('bad-schedule', `A schedule cannot recur by "${field}".`);
  }
}

const weekdayOf = (day: number): number => (((day + FIRST_WEEKDAY) % 7) + 7) % 7;
const weekOf = (day: number): number => Math.floor((day + FIRST_WEEKDAY) / 7);

/** Every `periodMs` of the clock's face, `offsetMs` after its multiples. */
export const every = (periodMs: number, offsetMs = 0): Rule => ({
  isInterval: true,
  next: (wall) => (Math.floor((wall - offsetMs) / periodMs) + 1) * periodMs + offsetMs,
});

/** More days than any rule skips: 400 years would hold every pattern, but a rule that skips this long is a mistake. */
const MAX_DAYS_AHEAD = 366 * 40;

/** At a time of day on the days (counted from the epoch) that `isDay` picks. */
export const onDays = (timeMs: number, isDay: (day: number) => boolean): Rule => ({
  isInterval: false,
  next(wall) {
    const first = Math.floor((wall - timeMs) / DAY_MS) + 1;
    for (let day = first; day < first + MAX_DAYS_AHEAD; day++) {
      if (isDay(day)) return day * DAY_MS + timeMs;
    }
    return undefined;
  },
});

/** On a day of every n-th month; months too short for the day are left out, as cron does. */
export const monthly = (how: { months: number; dayOfMonth: number; timeMs: number }): Rule =>
  onDays(how.timeMs, (day) => {
    const date = new Date(day * DAY_MS);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
    return date.getUTCDate() === how.dayOfMonth && month % how.months === 0;
  });

function whole(value: Json | undefined, initial: number, unit: string): number {
  const number = Number(value ?? initial);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new NodeError('bad-schedule', `A schedule cannot recur every ${JSON.stringify(value)} ${unit}.`);
}

export function within(
  value: Json | undefined,
  range: { name: string; from: number; to: number; initial: number },
): number {
  const number = Number(value ?? range.initial);
  if (Number.isInteger(number) && number >= range.from && number <= range.to) return number;
  throw new NodeError(
    'bad-schedule',
    `${JSON.stringify(value)} is not a valid ${range.name}: use ${range.from} to ${range.to}.`,
  );
}
