import { Duration, Interval, type DurationUnit } from 'luxon';
import { ExpressionError } from '../error.ts';
import type { Runtime } from '../runtime.ts';
import { textArg, toFunction, toInt, toNum, toStr } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { methods, type Type } from '../value/method.ts';
import { isPlain } from '../value/plain.ts';
import { INTL, MAKE_DATE, priced } from '../value/price.ts';
import { payWriting } from './date-format.ts';
import { needDateTime, toDuration, units } from './luxon-arguments.ts';
import { getter, options, unit } from './luxon-members.ts';

const DURATION_FIELDS = new Set(
  'years quarters months weeks days hours minutes seconds milliseconds isValid invalidReason invalidExplanation locale numberingSystem'.split(
    ' ',
  ),
);

const durationNative = methods<Duration>({
  as: (rt, self, [by]) => self.as(units(rt, by, 'milliseconds')[0] as DurationUnit),
  equals: (_rt, self, [other]) => other instanceof Duration && self.equals(other),
  get: (rt, self, [by]) => self.get(units(rt, by, 'milliseconds')[0] as DurationUnit),
  minus: (rt, self, [value, by]) => self.minus(toDuration(rt, value, by)),
  mapUnits: (rt, self, [fn]) => {
    const call = toFunction(fn).repeated(rt);
    return self.mapUnits((value, name) => toNum(rt, call(value, name, undefined)));
  },
  negate: (_rt, self) => self.negate(),
  normalize: (_rt, self) => self.normalize(),
  plus: (rt, self, [value, by]) => self.plus(toDuration(rt, value, by)),
  reconfigure: (_rt, self, [value]) => self.reconfigure(options(value)),
  removeZeros: (_rt, self) => self.removeZeros(),
  rescale: (_rt, self) => self.rescale(),
  set: (_rt, self, [value]) => self.set(options(value)),
  shiftTo: (rt, self, by) => self.shiftTo(...units(rt, by, 'milliseconds')),
  shiftToAll: (_rt, self) => self.shiftToAll(),
  toFormat: (rt, self, [format, more]) => {
    const text = toStr(rt, format);
    payWriting(rt, text);
    return self.toFormat(text, options(more));
  },
  toHuman: (_rt, self, [more]) => self.toHuman(options(more)),
  toISO: (_rt, self) => self.toISO(),
  toISOTime: (_rt, self, [more]) => self.toISOTime(options(more)),
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

export function needInterval(value: unknown): Interval {
  if (value instanceof Interval) return value;
  throw typeFault('The argument is no Interval');
}

function splitAt(rt: Runtime, self: Interval, moments: readonly unknown[]): Interval[] {
  if (moments.length > MAX_PIECES) throw tooMany();
  rt.charge(moments.length * 16);
  return self.splitAt(...moments.map((value) => needDateTime(rt, value)));
}

function difference(rt: Runtime, self: Interval, others: readonly unknown[]): Interval[] {
  if (others.length > MAX_PIECES) throw tooMany();
  rt.charge(others.length * others.length * 16);
  return self.difference(...others.map(needInterval));
}

const intervalNative = methods<Interval>({
  abutsEnd: (_rt, self, [other]) => self.abutsEnd(needInterval(other)),
  abutsStart: (_rt, self, [other]) => self.abutsStart(needInterval(other)),
  contains: (rt, self, [value]) => self.contains(needDateTime(rt, value)),
  count: (rt, self, [by]) => self.count(unit(rt, by ?? 'milliseconds')),
  difference,
  divideEqually: (rt, self, [pieces]) => {
    const count = toInt(rt, pieces, 1);
    if (!(count > 0 && count <= MAX_PIECES)) throw tooMany();
    rt.charge(count * 16);
    return self.divideEqually(count);
  },
  engulfs: (_rt, self, [other]) => self.engulfs(needInterval(other)),
  equals: (_rt, self, [other]) => other instanceof Interval && self.equals(other),
  hasSame: (rt, self, [by]) => self.hasSame(unit(rt, by)),
  intersection: (_rt, self, [other]) => self.intersection(needInterval(other)),
  isAfter: (rt, self, [value]) => self.isAfter(needDateTime(rt, value)),
  isBefore: (rt, self, [value]) => self.isBefore(needDateTime(rt, value)),
  isEmpty: (_rt, self) => self.isEmpty(),
  length: (rt, self, [by]) => self.length(units(rt, by, 'milliseconds')[0] as DurationUnit),
  mapEndpoints: (rt, self, [fn]) => {
    const call = toFunction(fn).repeated(rt);
    return self.mapEndpoints((value) => needDateTime(rt, call(value, undefined, undefined)));
  },
  overlaps: (_rt, self, [other]) => other instanceof Interval && self.overlaps(other),
  set: (rt, self, [value]) => {
    const given = isPlain(value) ? value : {};
    return self.set({
      ...(given['start'] === undefined ? {} : { start: needDateTime(rt, given['start']) }),
      ...(given['end'] === undefined ? {} : { end: needDateTime(rt, given['end']) }),
    });
  },
  splitAt: (rt, self, moments) => splitAt(rt, self, moments.flat()),
  splitBy: (rt, self, [value, by]) => {
    const step = Duration.fromDurationLike(toDuration(rt, value, by));
    const pieces = self.length() / step.toMillis();
    if (!(pieces >= 0 && pieces <= MAX_PIECES)) throw tooMany();
    rt.charge(Math.ceil(pieces) * 16);
    return self.splitBy(step);
  },
  toDuration: (rt, self, [by, more]) => self.toDuration(units(rt, by, 'milliseconds'), options(more)),
  toFormat: (rt, self, [format]) => {
    const text = textArg(rt, format, '');
    payWriting(rt, text);
    return self.toFormat(text);
  },
  toISO: (_rt, self, [more]) => self.toISO(options(more)),
  toISODate: (_rt, self) => self.toISODate(),
  toISOTime: (_rt, self, [more]) => self.toISOTime(options(more)),
  toLocaleString: (_rt: Runtime, self: Interval, [format, more]: readonly unknown[]) =>
    self.toLocaleString(options(format), options(more)),
  toString: (_rt: Runtime, self: Interval) => self.toString(),
  union: (_rt, self, [other]) => self.union(needInterval(other)),
});

export const intervalMembers: Type = {
  methods: priced(intervalNative, { count: 80, length: 80, toDuration: 80, toLocaleString: 2 * INTL }, 3 * MAKE_DATE),
  get: (_rt, self, key) => {
    const interval = self as Interval;
    if (key === 'start' || key === 'end' || key === 'lastDateTime') return interval[key] ?? null;
    if (key === 'isValid') return interval.isValid;
    return key === 'invalidReason' ? interval.invalidReason : undefined;
  },
};
