import { Interval, type DateTime, type DateTimeUnit, type ToISOTimeOptions, type ToRelativeOptions } from 'luxon';
import { dateExtensions } from '../extensions/date.ts';
import type { Runtime } from '../runtime.ts';
import { toInt, toStr } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { mergeTables, methods, type Type } from '../value/method.ts';
import { INTL, MAKE_DATE, priced } from '../value/price.ts';
import { payWriting } from './date-format.ts';
import { intlOptions, localeOf } from './intl.ts';
import { at, needDateTime, toDuration, unitOf, units } from './luxon-arguments.ts';

export const options = <T>(value: unknown): T => intlOptions(value) as T;

export function unit(rt: Runtime, value: unknown): DateTimeUnit {
  const name = unitOf(toStr(rt, value));
  if (!name) throw typeFault(`'${toStr(rt, value).slice(0, 40)}' is no unit of time`);
  return name.slice(0, -1) as DateTimeUnit;
}

const dateTimeNative = methods<DateTime>({
  diff: (rt, self, [other, by, more]) =>
    self.diff(needDateTime(rt, other), units(rt, by, 'milliseconds'), options(more)),
  diffNow: (rt, self, [by, more]) => self.diff(at(rt, rt.scope.nowMs), units(rt, by, 'milliseconds'), options(more)),
  endOf: (rt, self, [by, more]) => self.endOf(unit(rt, by), options(more)),
  equals: (rt, self, [other]) => self.equals(needDateTime(rt, other)),
  get: (rt, self, [name]) => dateTimeField(rt, self, toStr(rt, name)),
  getPossibleOffsets: (_rt, self) => self.getPossibleOffsets(),
  hasSame: (rt, self, [other, by, more]) => self.hasSame(needDateTime(rt, other), unit(rt, by), options(more)),
  plus: (rt, self, [value, by]) => self.plus(toDuration(rt, value, by)),
  minus: (rt, self, [value, by]) => self.minus(toDuration(rt, value, by)),
  reconfigure: (_rt, self, [value]) => self.reconfigure(options(value)),
  resolvedLocaleOptions: (_rt, self) => ({ ...self.resolvedLocaleOptions() }),
  set: (_rt, self, [value]) => self.set(options(value)),
  setLocale: (rt, self, [locale]) => self.setLocale(localeOf(rt, locale)),
  setZone: (rt, self, [zone, more]) =>
    self.setZone(zone === undefined ? rt.scope.zone : zoneArg(rt, zone), options(more)),
  startOf: (rt, self, [by, more]) => self.startOf(unit(rt, by), options(more)),
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
  toUTC: (rt, self, [offset, more]) => self.toUTC(toInt(rt, offset, 0), options(more)),
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
export function getter(fields: ReadonlySet<string>): (rt: Runtime, self: object, key: string) => unknown {
  return (_rt, self, key) => {
    if (!fields.has(key)) return undefined;
    const value = (self as Record<string, unknown>)[key];
    return typeof value === 'object' && value !== null ? undefined : value;
  };
}

function dateTimeField(rt: Runtime, self: DateTime, key: string): unknown {
  rt.charge(key.startsWith('offsetName') ? INTL : MAKE_DATE);
  if (key === 'ts') return self.toMillis();
  if (key === 'zone') return { zoneName: self.zoneName, valid: self.zone.isValid, name: self.zoneName };
  return getter(DATE_TIME_FIELDS)(rt, self, key);
}

const DATE_TIME_PRICES = {
  diff: 5 * MAKE_DATE,
  diffNow: 6 * MAKE_DATE,
  diffTo: 6 * MAKE_DATE,
  diffToNow: 6 * MAKE_DATE,
  get: MAKE_DATE,
  hasSame: 5 * MAKE_DATE,
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
