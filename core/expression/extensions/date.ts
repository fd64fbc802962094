import { DateTime, type DateTimeUnit, type DurationUnit } from 'luxon';
import { payWriting } from '../builtins/date-format.ts';
import { DEFAULT_LOCALE, intlOptions, localeOf } from '../builtins/intl.ts';
import { at, toDateTime, toDuration, unitOf, units } from '../builtins/luxon-arguments.ts';
import { ExpressionError } from '../error.ts';
import type { Runtime } from '../runtime.ts';
import { textArg, toNum, toStr } from '../value/coerce.ts';
import { methods } from '../value/method.ts';

type Dated = Date | DateTime;

const moment = (rt: Runtime, self: Dated): DateTime => (self instanceof Date ? at(rt, self.getTime()) : self);
/** Functions on a Date give a Date, on a DateTime a DateTime. */
const like = (self: Dated, made: DateTime): Dated => (self instanceof Date ? made.toJSDate() : made);

const bad = (message: string): never => {
  throw new ExpressionError('argument', message);
};

function unit(rt: Runtime, value: unknown, fallback: string): DateTimeUnit {
  const text = textArg(rt, value, fallback);
  const name = unitOf(text) ?? bad(`'${text.slice(0, 40)}' is no unit of time`);
  return name.slice(0, -1) as DateTimeUnit;
}

const PARTS = new Map<string, (moment: DateTime) => number>([
  ['day', (m) => m.day],
  ['dayofweek', (m) => m.weekday],
  ['dayofyear', (m) => m.ordinal],
  ['hour', (m) => m.hour],
  ['millisecond', (m) => m.millisecond],
  ['minute', (m) => m.minute],
  ['month', (m) => m.month],
  ['ordinal', (m) => m.ordinal],
  ['quarter', (m) => m.quarter],
  ['second', (m) => m.second],
  ['week', (m) => m.weekNumber],
  ['weekday', (m) => m.weekday],
  ['weeknumber', (m) => m.weekNumber],
  ['weekyear', (m) => m.weekYear],
  ['year', (m) => m.year],
  ['yeardaynumber', (m) => m.ordinal],
]);

function difference(rt: Runtime, self: Dated, other: unknown, by: unknown): unknown {
  const from = toDateTime(rt, other) ?? bad('diffTo needs a date');
  const names = units(rt, by, 'days') as DurationUnit[];
  const result = moment(rt, self).diff(from, names);
  const [only] = names;
  return names.length === 1 && only !== undefined ? result.as(only) : { ...result.toObject() };
}

const add =
  (sign: 1 | -1) =>
  (rt: Runtime, self: Dated, [value, by]: readonly unknown[]): Dated => {
    const step = toDuration(rt, value, by);
    return like(self, sign === 1 ? moment(rt, self).plus(step) : moment(rt, self).minus(step));
  };

/** n8n's functions on Date and DateTime. */
export const dateExtensions = methods<Dated>({
  beginningOf: (rt, self, [by]) => like(self, moment(rt, self).startOf(unit(rt, by, 'week'))),
  diffTo: (rt, self, [other, by]) => difference(rt, self, other, by),
  diffToNow: (rt, self, [by]) => difference(rt, self, at(rt, rt.scope.nowMs), by),
  endOfMonth: (rt, self) => like(self, moment(rt, self).endOf('month')),
  extract: (rt, self, [part]) => {
    const name = textArg(rt, part, 'week').toLowerCase();
    return (PARTS.get(name) ?? PARTS.get(name.replace(/s$/, '')))?.(moment(rt, self)) ?? undefined;
  },
  format: (rt, self, [format, options]) => {
    const when = moment(rt, self);
    if (format === undefined) return when.toLocaleString(DateTime.DATE_SHORT);
    const text = toStr(rt, format);
    payWriting(rt, text);
    return when.toFormat(text, intlOptions(options));
  },
  isBetween: (rt, self, args) => {
    if (args.length !== 2) return bad('isBetween needs two dates');
    const [first, second] = args.map((arg) => toDateTime(rt, arg)?.toMillis());
    if (first === undefined || second === undefined) return undefined;
    const ms = self.valueOf();
    return Math.min(first, second) < ms && ms < Math.max(first, second);
  },
  isDst: (rt, self) => moment(rt, self).isInDST,
  isEmpty: () => false,
  isInLast: (rt, self, [value, by]) => {
    const now = at(rt, rt.scope.nowMs);
    const ms = self.valueOf();
    const since = now.minus(toDuration(rt, value ?? 0, by ?? 'minutes')).toMillis();
    return since <= ms && ms <= rt.scope.nowMs;
  },
  isNotEmpty: () => true,
  isWeekend: (rt, self) => moment(rt, self).weekday > 5,
  minus: add(-1),
  plus: add(1),
  toBoolean: () => undefined,
  toDate: (_rt, self) => (self instanceof Date ? self : self.toJSDate()),
  toDateTime: (rt, self) => moment(rt, self),
  toFloat: (_rt, self) => self.valueOf(),
  toInt: (_rt, self) => self.valueOf(),
  toLocaleString: (rt: Runtime, self: Dated, [locale, options]: readonly unknown[]) => {
    const when = moment(rt, self);
    // luxon takes (format, options), Date takes (locale, format): both are met in workflows.
    const byFormat = typeof locale === 'object' && locale !== null && !Array.isArray(locale);
    const format = intlOptions(byFormat ? locale : options);
    const more = byFormat ? intlOptions(options) : { locale: localeOf(rt, locale ?? when.locale ?? DEFAULT_LOCALE) };
    return when.toLocaleString(Object.keys(format).length > 0 ? format : DateTime.DATE_SHORT, more);
  },
  toNumber: (_rt, self) => self.valueOf(),
  toJsonString: (_rt, self) => JSON.stringify(self),
});

/** Spreadsheet day numbers count from this; the two days off are the 1900 leap-year bug and the start at 1. */
const EXCEL_EPOCH_DAYS = 25_569;
const DAY_MS = 86_400_000;

/** A number as a date: `ms` (default), `s`, `us` or `excel`. */
export function numberToDateTime(rt: Runtime, value: number, format: unknown): DateTime {
  const name = textArg(rt, format, 'ms');
  const scale = new Map([
    ['ms', value],
    ['s', value * 1000],
    ['us', value / 1000],
    ['excel', (value - EXCEL_EPOCH_DAYS) * DAY_MS],
  ]);
  const ms = scale.get(name) ?? bad(`'${name.slice(0, 40)}' is no number format for a date: use ms, s, us or excel`);
  return at(rt, toNum(rt, ms));
}
