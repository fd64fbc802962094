import {
  Duration,
  Interval,
  type DateTime,
  type DateTimeUnit,
  type DurationUnit,
  type ToISOTimeOptions,
  type ToRelativeOptions,
} from 'luxon';
import { dateExtensions } from '../extensions/date.ts';
import { ExpressionError } from '../error.ts';
import type { Runtime } from '../runtime.ts';
import { textArg, toInt, toStr } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { mergeTables, methods, type Type } from '../value/method.ts';
import { INTL, MAKE_DATE, priced } from '../value/price.ts';
import { payWriting } from './date-format.ts';
import { intlOptions, localeOf } from './intl.ts';
import { at, needDateTime, toDuration, unitOf, units } from './luxon-arguments.ts';

const options = <T>(value: unknown): T => intlOptions(value) as T;

function unit(rt: Runtime, value: unknown): DateTimeUnit {
  const name = unitOf(toStr(rt, value));
  if (!name) throw typeFault(`'${toStr(rt, value).slice(0, 40)}' is no unit of time`);
  return name.slice(0, -1) as DateTimeUnit;
}

const dateTimeNative = methods<DateTime>({
  diff: (rt, self, [other, by, more]) =>
    self.diff(needDateTime(rt, other), units(rt, by, 'milliseconds'), options(more)),
  diffNow: (rt, self, [by, more]) => self.diff(at(rt, rt.scope.nowMs), units(rt, by, 'milliseconds'), options(more)),
  endOf: (rt, self, [by]) => self.endOf(unit(rt, by)),
  equals: (rt, self, [other]) => self.equals(needDateTime(rt, other)),
  get: (rt, self, [name]) => dateTimeField(rt, self, toStr(rt, name)),
  hasSame: (rt, self, [other, by]) => self.hasSame(needDateTime(rt, other), unit(rt, by)),
  plus: (rt, self, [value, by]) => self.plus(toDuration(rt, value, by)),
  minus: (rt, self, [value, by]) => self.minus(toDuration(rt, value, by)),
  reconfigure: (_rt, self, [value]) => self.reconfigure(options(value)),
  resolvedLocaleOptions: (_rt, self) => ({ ...self.resolvedLocaleOptions() }),
  set: (_rt, self, [value]) => self.set(options(value)),
  setLocale: (rt, self, [locale]) => self.setLocale(localeOf(rt, locale)),
  setZone: (rt, self, [zone, more]) =>
    self.setZone(zone === undefined ? rt.scope.zone : zoneArg(rt, zone), options(more)),
  startOf: (rt, self, [by]) => self.startOf(unit(rt, by)),
  toBSON: (_rt, self) => self.toJSDate(),
  toFormat: (rt, self, [format, more]) => {
    const text = toStr(rt, format);
    payWriting(rt, text);
    return self.toFormat(text, options(more));
  },
  toHTTP: (_rt, self) => self.toHTTP(),
  toISO: (_rt, self, [more]) => self.toISO(options(more)),
  toISODate: (_rt, self, [more]) => self.toISODate(options(more)),
  toISOString: (_rt, self) => self.toISO(),
  toISOTime: (_rt, self, [more]) => self.toISOTime(options<ToISOTimeOptions>(more)),
  toISOWeekDate: (_rt, self) => self.toISOWeekDate(),
  toJSDate: (_rt, self) => self.toJSDate(),
  toJSON: (_rt, self) => self.toISO(),
  toLocal: (rt, self) => self.setZone(rt.scope.zone),
  toLocaleParts: (_rt, self, [more]) => self.toLocaleParts(options(more)).map((part) => ({ ...part })),
  toMillis: (_rt, self) => self.toMillis(),
  toObject: (_rt, self) => ({ ...self.toObject() }),
  toRFC2822: (_rt, self) => self.toRFC2822(),
  toRelative: (rt, self, [more]) =>
    self.toRelative({ ...options<ToRelativeOptions>(more), base: at(rt, rt.scope.nowMs).setZone(self.zone) }),
  toRelativeCalendar: (rt, self) => self.toRelativeCalendar({ base: at(rt, rt.scope.nowMs).setZone(self.zone) }),
  toSQL: (_rt, self, [more]) => self.toSQL(options(more)),
  toSQLDate: (_rt, self) => self.toSQLDate(),
  toSQLTime: (_rt, self, [more]) => self.toSQLTime(options(more)),
  toSeconds: (_rt, self) => self.toSeconds(),
  toString: (_rt: Runtime, self: DateTime) => self.toString(),
  toUTC: (rt, self, [offset]) => self.toUTC(toInt(rt, offset, 0)),
  toUnixInteger: (_rt, self) => self.toUnixInteger(),
  until: (rt, self, [other]) => Interval.fromDateTimes(self, needDateTime(rt, other)),
  valueOf: (_rt: Runtime, self: DateTime) => self.toMillis(),
});

const zoneArg = (rt: Runtime, zone: unknown): string => {
  const name = typeof zone === 'number' ? `UTC${zone < 0 ? '-' : '+'}${Math.abs(zone) / 60}` : toStr(rt, zone);
  return name === 'local' || name === 'system' || name === 'default' ? rt.scope.zone : name;
};

const DATE_TIME_FIELDS = new Set(
  `year quarter month day hour minute second millisecond week weekYear weekday ordinal weekNumber localWeekday
   localWeekNumber localWeekYear monthShort monthLong weekdayShort weekdayLong offset offsetNameShort offsetNameLong
   isOffsetFixed isInDST isInLeapYear daysInMonth daysInYear weeksInWeekYear weeksInLocalWeekYear isValid isWeekend
   invalidReason invalidExplanation locale numberingSystem outputCalendar zoneName`.split(/\s+/),
);

/** Reads one allow-listed getter; only primitives come out of luxon's objects. */
function getter(fields: ReadonlySet<string>): (rt: Runtime, self: object, key: string) => unknown {
  return (_rt, self, key) => {
    if (!fields.has(key)) return undefined;
    const value = (self as Record<string, unknown>)[key];
    return typeof value === 'object' && value !== null ? undefined : value;
  };
}

function dateTimeField(rt: Runtime, self: DateTime, key: string): unknown {
  rt.charge(MAKE_DATE);
  if (key === 'ts') return self.toMillis();
  if (key === 'zone') return self.zoneName;
  return getter(DATE_TIME_FIELDS)(rt, self, key);
}

const DATE_TIME_PRICES = {
  diff: 50,
  diffNow: 60,
  diffTo: 60,
  diffToNow: 60,
  get: MAKE_DATE,
  hasSame: 50,
  toLocaleParts: INTL,
  toLocaleString: INTL,
  toRelative: INTL,
  toRelativeCalendar: INTL,
  resolvedLocaleOptions: INTL,
};

export const dateTimeMembers: Type = {
  methods: priced(mergeTables(dateTimeNative, dateExtensions), DATE_TIME_PRICES, 2 * MAKE_DATE),
  get: (rt, self, key) => dateTimeField(rt, self as DateTime, key),
};

const DURATION_FIELDS = new Set(
  'years quarters months weeks days hours minutes seconds milliseconds isValid invalidReason locale'.split(' '),
);

const durationNative = methods<Duration>({
  as: (rt, self, [by]) => self.as(units(rt, by, 'milliseconds')[0] as DurationUnit),
  equals: (_rt, self, [other]) => other instanceof Duration && self.equals(other),
  get: (rt, self, [by]) => self.get(units(rt, by, 'milliseconds')[0] as DurationUnit),
  minus: (rt, self, [value, by]) => self.minus(toDuration(rt, value, by)),
  negate: (_rt, self) => self.negate(),
  normalize: (_rt, self) => self.normalize(),
  plus: (rt, self, [value, by]) => self.plus(toDuration(rt, value, by)),
  rescale: (_rt, self) => self.rescale(),
  set: (_rt, self, [value]) => self.set(options(value)),
  shiftTo: (rt, self, by) => self.shiftTo(...units(rt, by, 'milliseconds')),
  toFormat: (rt, self, [format, more]) => {
    const text = toStr(rt, format);
    payWriting(rt, text);
    return self.toFormat(text, options(more));
  },
  toHuman: (_rt, self, [more]) => self.toHuman(options(more)),
  toISO: (_rt, self) => self.toISO(),
  toJSON: (_rt, self) => self.toISO(),
  toMillis: (_rt, self) => self.toMillis(),
  toObject: (_rt, self) => ({ ...self.toObject() }),
  toString: (_rt: Runtime, self: Duration) => self.toString(),
  valueOf: (_rt: Runtime, self: Duration) => self.toMillis(),
});

export const durationMembers: Type = {
  methods: priced(durationNative, { toHuman: 8 * INTL }, MAKE_DATE),
  get: getter(DURATION_FIELDS),
};

/** Splitting makes one object a piece, each far dearer than a list element. */
const MAX_PIECES = 10_000;
const tooMany = (): ExpressionError =>
  new ExpressionError('limit', `An interval can be cut into at most ${MAX_PIECES} pieces`);

const intervalNative = methods<Interval>({
  contains: (rt, self, [value]) => self.contains(needDateTime(rt, value)),
  count: (rt, self, [by]) => self.count(unit(rt, by ?? 'milliseconds')),
  divideEqually: (rt, self, [pieces]) => {
    const count = toInt(rt, pieces, 1);
    if (!(count > 0 && count <= MAX_PIECES)) throw tooMany();
    rt.charge(count * 16);
    return self.divideEqually(count);
  },
  equals: (_rt, self, [other]) => other instanceof Interval && self.equals(other),
  hasSame: (rt, self, [by]) => self.hasSame(unit(rt, by)),
  isAfter: (rt, self, [value]) => self.isAfter(needDateTime(rt, value)),
  isBefore: (rt, self, [value]) => self.isBefore(needDateTime(rt, value)),
  isEmpty: (_rt, self) => self.isEmpty(),
  length: (rt, self, [by]) => self.length(units(rt, by, 'milliseconds')[0] as DurationUnit),
  overlaps: (_rt, self, [other]) => other instanceof Interval && self.overlaps(other),
  splitBy: (rt, self, [value, by]) => {
    const step = Duration.fromDurationLike(toDuration(rt, value, by));
    const pieces = self.length() / step.toMillis();
    if (!(pieces >= 0 && pieces <= MAX_PIECES)) throw tooMany();
    rt.charge(Math.ceil(pieces) * 16);
    return self.splitBy(step);
  },
  toDuration: (rt, self, [by]) => self.toDuration(units(rt, by, 'milliseconds')),
  toFormat: (rt, self, [format]) => {
    const text = textArg(rt, format, '');
    payWriting(rt, text);
    return self.toFormat(text);
  },
  toISO: (_rt, self) => self.toISO(),
  toISODate: (_rt, self) => self.toISODate(),
  toString: (_rt: Runtime, self: Interval) => self.toString(),
});

export const intervalMembers: Type = {
  methods: priced(intervalNative, { count: 80, length: 80, toDuration: 80 }, 3 * MAKE_DATE),
  get: (_rt, self, key) => {
    const interval = self as Interval;
    if (key === 'start' || key === 'end') return interval[key] ?? null;
    if (key === 'isValid') return interval.isValid;
    return key === 'invalidReason' ? interval.invalidReason : undefined;
  },
};
