import { DateTime, Duration, Interval, type DateTimeOptions, type DurationOptions } from 'luxon';
import type { Runtime } from '../runtime.ts';
import { Namespace, statics } from '../value/callable.ts';
import { toNum, toStr } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { MAKE_DATE } from '../value/price.ts';
import { checkReading } from './date-format.ts';
import { DEFAULT_LOCALE, intlOptions } from './intl.ts';
import { at, luxonOptions, needDateTime, toDuration } from './luxon-arguments.ts';

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

const FORMATS = {
  DATETIME_FULL: DateTime.DATETIME_FULL,
  DATETIME_MED: DateTime.DATETIME_MED,
  DATETIME_SHORT: DateTime.DATETIME_SHORT,
  DATE_FULL: DateTime.DATE_FULL,
  DATE_HUGE: DateTime.DATE_HUGE,
  DATE_MED: DateTime.DATE_MED,
  DATE_SHORT: DateTime.DATE_SHORT,
  TIME_24_SIMPLE: DateTime.TIME_24_SIMPLE,
  TIME_24_WITH_SECONDS: DateTime.TIME_24_WITH_SECONDS,
  TIME_SIMPLE: DateTime.TIME_SIMPLE,
  TIME_WITH_SECONDS: DateTime.TIME_WITH_SECONDS,
};

export const dateTimeNamespace = new Namespace('DateTime', {
  call: () => {
    throw typeFault('DateTime is not a function');
  },
  owns: (value) => value instanceof DateTime,
  members: {
    ...Object.fromEntries(Object.entries(FORMATS).map(([name, format]) => [name, Object.freeze({ ...format })])),
    ...statics({
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
    fromISO: (rt, [value, more]) => Duration.fromISO(text(rt, value), durationOptions(rt, more)),
    fromISOTime: (rt, [value, more]) => Duration.fromISOTime(text(rt, value), durationOptions(rt, more)),
    fromMillis: (rt, [value, more]) => Duration.fromMillis(toNum(rt, value), durationOptions(rt, more)),
    fromObject: (rt, [value, more]) => Duration.fromObject(intlOptions(value), durationOptions(rt, more)),
    isDuration: (_rt, [value]) => value instanceof Duration,
  }),
});

export const intervalNamespace = new Namespace('Interval', {
  call: () => {
    throw typeFault('Interval is not a function');
  },
  owns: (value) => value instanceof Interval,
  members: statics({
    after: (rt, [start, value, by]) => Interval.after(needDateTime(rt, start), toDuration(rt, value, by)),
    before: (rt, [end, value, by]) => Interval.before(needDateTime(rt, end), toDuration(rt, value, by)),
    fromDateTimes: (rt, [start, end]) => Interval.fromDateTimes(needDateTime(rt, start), needDateTime(rt, end)),
    fromISO: (rt, [value, more]) => Interval.fromISO(text(rt, value), dateTimeOptions(rt, more)),
    isInterval: (_rt, [value]) => value instanceof Interval,
  }),
});
