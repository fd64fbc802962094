import { DateTime, Duration, Interval, type DateTimeOptions, type DurationOptions } from 'luxon';
import type { Runtime } from '../runtime.ts';
import { Namespace, statics } from '../value/callable.ts';
import { toNum, toStr } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { iterate } from '../value/iterate.ts';
import { MAKE_DATE } from '../value/price.ts';
import { checkReading, payWriting } from './date-format.ts';
import { DEFAULT_LOCALE, intlOptions } from './intl.ts';
import { at, luxonOptions, needDateTime, toDuration } from './luxon-arguments.ts';
import { needInterval } from './luxon-spans.ts';

// Every constructor reads its options here, so here it is paid for.
function dateTimeOptions(rt: Runtime, value: unknown): DateTimeOptions {
  rt.charge(2 * MAKE_DATE);
  return luxonOptions(rt, value) as DateTimeOptions;
}
function durationOptions(rt: Runtime, value: unknown): DurationOptions {
  rt.charge(MAKE_DATE);
  return { locale: DEFAULT_LOCALE, ...intlOptions(value) } as DurationOptions;
}

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'];

/** `DateTime.local(2024, 1, 31, …, {zone})`. */
function fromParts(rt: Runtime, args: readonly unknown[], zone: string): DateTime {
  const last = args[args.length - 1];
  const parts = typeof last === 'object' ? args.slice(0, -1) : args;
  if (parts.length === 0) return at(rt, rt.scope.nowMs).setZone(zone);
  const values = parts.slice(0, 7).map((part, i) => [FIELDS[i], toNum(rt, part)]);
  return DateTime.fromObject(Object.fromEntries(values), {
    ...dateTimeOptions(rt, undefined),
    zone,
    ...intlOptions(last),
  });
}

const extreme = (rt: Runtime, args: readonly unknown[], sign: number): DateTime | undefined =>
  args
    .map((arg) => needDateTime(rt, arg))
    .reduce<DateTime | undefined>(
      (best, next) => (best && sign * (next.toMillis() - best.toMillis()) <= 0 ? best : next),
      undefined,
    );

/** A text to be read as a date: paid for. */
function text(rt: Runtime, value: unknown): string {
  const made = toStr(rt, value);
  rt.charge(2 * MAKE_DATE + (made.length >> 3));
  return made;
}

function fromFormat(rt: Runtime, [value, format, more]: readonly unknown[]): DateTime {
  const [written, pattern] = [toStr(rt, value), toStr(rt, format)];
  checkReading(rt, written, pattern);
  return DateTime.fromFormat(written, pattern, dateTimeOptions(rt, more));
}

const FORMAT_NAMES = [
  'DATETIME_FULL', 'DATETIME_FULL_WITH_SECONDS', 'DATETIME_HUGE', 'DATETIME_HUGE_WITH_SECONDS', 'DATETIME_MED',
  'DATETIME_MED_WITH_SECONDS', 'DATETIME_MED_WITH_WEEKDAY', 'DATETIME_SHORT', 'DATETIME_SHORT_WITH_SECONDS', 'DATE_FULL',
  'DATE_HUGE', 'DATE_MED', 'DATE_MED_WITH_WEEKDAY', 'DATE_SHORT', 'TIME_24_SIMPLE', 'TIME_24_WITH_LONG_OFFSET',
  'TIME_24_WITH_SECONDS', 'TIME_24_WITH_SHORT_OFFSET', 'TIME_SIMPLE', 'TIME_WITH_LONG_OFFSET', 'TIME_WITH_SECONDS',
  'TIME_WITH_SHORT_OFFSET',
] as const; // prettier-ignore

export const dateTimeNamespace = new Namespace('DateTime', {
  call: () => {
    throw typeFault('DateTime is not a function');
  },
  owns: (value) => value instanceof DateTime,
  members: {
    ...Object.fromEntries(FORMAT_NAMES.map((name) => [name, Object.freeze({ ...DateTime[name] })])),
    ...statics({
      expandFormat: (rt, [format, more]) => {
        const written = toStr(rt, format);
        payWriting(rt, written);
        return DateTime.expandFormat(written, dateTimeOptions(rt, more));
      },
      fromFormat,
      fromHTTP: (rt, [value, more]) => DateTime.fromHTTP(text(rt, value), dateTimeOptions(rt, more)),
      fromISO: (rt, [value, more]) => DateTime.fromISO(text(rt, value), dateTimeOptions(rt, more)),
      fromJSDate: (rt, [value, more]) => {
        if (!(value instanceof Date)) throw typeFault('fromJSDate needs a Date');
        return DateTime.fromMillis(value.getTime(), dateTimeOptions(rt, more));
      },
      fromMillis: (rt, [value, more]) => DateTime.fromMillis(toNum(rt, value), dateTimeOptions(rt, more)),
      fromObject: (rt, [value, more]) => DateTime.fromObject(intlOptions(value), dateTimeOptions(rt, more)),
      fromRFC2822: (rt, [value, more]) => DateTime.fromRFC2822(text(rt, value), dateTimeOptions(rt, more)),
      fromSQL: (rt, [value, more]) => DateTime.fromSQL(text(rt, value), dateTimeOptions(rt, more)),
      fromSeconds: (rt, [value, more]) => DateTime.fromSeconds(toNum(rt, value), dateTimeOptions(rt, more)),
      fromString: fromFormat,
      invalid: (rt, [reason]) => DateTime.invalid(text(rt, reason)),
      isDateTime: (_rt, [value]) => value instanceof DateTime,
      local: (rt, args) => fromParts(rt, args, rt.scope.zone),
      max: (rt, args) => extreme(rt, args, 1),
      min: (rt, args) => extreme(rt, args, -1),
      now: (rt) => at(rt, rt.scope.nowMs),
      utc: (rt, args) => fromParts(rt, args, 'utc'),
    }),
  },
});

export const durationNamespace = new Namespace('Duration', {
  call: () => {
    throw typeFault('Duration is not a function');
  },
  owns: (value) => value instanceof Duration,
  members: statics({
    fromDurationLike: (rt, [value]) => Duration.fromDurationLike(toDuration(rt, value)),
    fromISO: (rt, [value, more]) => Duration.fromISO(text(rt, value), durationOptions(rt, more)),
    fromISOTime: (rt, [value, more]) => Duration.fromISOTime(text(rt, value), durationOptions(rt, more)),
    fromMillis: (rt, [value, more]) => Duration.fromMillis(toNum(rt, value), durationOptions(rt, more)),
    fromObject: (rt, [value, more]) => Duration.fromObject(intlOptions(value), durationOptions(rt, more)),
    invalid: (rt, [reason]) => Duration.invalid(text(rt, reason)),
    isDuration: (_rt, [value]) => value instanceof Duration,
  }),
});

/** One end of an interval about to be made. */
function end(rt: Runtime, value: unknown): DateTime {
  rt.charge(6 * MAKE_DATE);
  return needDateTime(rt, value);
}

function intervals(rt: Runtime, list: unknown): Interval[] {
  const given = iterate(rt, list);
  rt.charge(given.length * 4 * MAKE_DATE);
  return given.map(needInterval);
}

export const intervalNamespace = new Namespace('Interval', {
  call: () => {
    throw typeFault('Interval is not a function');
  },
  owns: (value) => value instanceof Interval,
  members: statics({
    after: (rt, [start, value, by]) => Interval.after(end(rt, start), toDuration(rt, value, by)),
    before: (rt, [last, value, by]) => Interval.before(end(rt, last), toDuration(rt, value, by)),
    fromDateTimes: (rt, [first, last]) => Interval.fromDateTimes(end(rt, first), end(rt, last)),
    fromISO: (rt, [value, more]) => Interval.fromISO(text(rt, value), dateTimeOptions(rt, more)),
    invalid: (rt, [reason]) => Interval.invalid(text(rt, reason)),
    isInterval: (_rt, [value]) => value instanceof Interval,
    merge: (rt, [list]) => Interval.merge(intervals(rt, list)),
    xor: (rt, [list]) => Interval.xor(intervals(rt, list)),
  }),
});
