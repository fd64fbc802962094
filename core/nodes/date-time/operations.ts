import type { DateTime, DateTimeUnit } from 'luxon';
import type { Json, JsonObject } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { amountOf, isoOf, readMoment, unitOf, zoneOf } from './moment.ts';

/** What a calculation knows of its item. */
export interface Surroundings {
  scope: Scope;
  zone: string;
  index: number;
  now(zone: string): DateTime;
}

export interface Operation {
  /** Name of the field the result is put into, unless another is given. */
  output: string;
  of(around: Surroundings): Json;
}

type Compile = (kit: CompileKit) => Operation;

const shift =
  (sign: 1 | -1): Compile =>
  (kit) => {
    const date = kit.param<Json>('magnitude', '');
    const unit = kit.param<string>('timeUnit', 'days');
    const duration = kit.param<number>('duration', 0);
    return {
      output: 'newDate',
      of({ scope, zone, index }) {
        const step = { [unitOf(unit.at(scope))]: sign * amountOf(duration.at(scope)) };
        return isoOf(readMoment(date.at(scope), { zone, itemIndex: index }).setZone(zone).plus(step));
      },
    };
  };

const format: Compile = (kit) => {
  const date = kit.param<Json>('date', '');
  const preset = kit.param<string>('format', 'MM/dd/yyyy');
  const custom = kit.param<string>('customFormat', '');
  const fromFormat = kit.param<string>('options.fromFormat', '');
  const usesZone = kit.param<boolean>('options.timezone', false);
  return {
    output: 'formattedDate',
    of({ scope, zone, index }) {
      const value = date.at(scope);
      // Nothing has no date, which lists with gaps rely on.
      if (value === null || value === undefined) return null;
      const written = String(fromFormat.at(scope) ?? '');
      const reading = written === '' ? { zone, itemIndex: index } : { zone, itemIndex: index, format: written };
      const moment = readMoment(value, reading);
      const wanted = String(preset.at(scope));
      const shown = usesZone.at(scope) === true ? moment.setZone(zone) : moment;
      return shown.toFormat(wanted === 'custom' ? String(custom.at(scope)) : wanted);
    },
  };
};

/** Parts of a date by n8n's names; the week is that of the ISO calendar. */
const PARTS: ReadonlyMap<string, (moment: DateTime) => number> = new Map([
  ['year', (moment) => moment.year],
  ['quarter', (moment) => moment.quarter],
  ['month', (moment) => moment.month],
  ['week', (moment) => moment.weekNumber],
  ['weekday', (moment) => moment.weekday],
  ['day', (moment) => moment.day],
  ['hour', (moment) => moment.hour],
  ['minute', (moment) => moment.minute],
  ['second', (moment) => moment.second],
  ['millisecond', (moment) => moment.millisecond],
]);

const extract: Compile = (kit) => {
  const date = kit.param<Json>('date', '');
  const part = kit.param<string>('part', 'month');
  return {
    output: 'datePart',
    of({ scope, zone, index }) {
      const name = String(part.at(scope));
      const read = PARTS.get(name);
      if (!read) throw new NodeError('unknown-unit', `A date has no part '${name.slice(0, 60)}'.`);
      return read(readMoment(date.at(scope), { zone, itemIndex: index }).setZone(zone));
    },
  };
};

const current: Compile = (kit) => {
  const includesTime = kit.param<boolean>('includeTime', true);
  const timezone = kit.param<string>('options.timezone', '');
  return {
    output: 'currentDate',
    of({ scope, zone, now }) {
      const moment = now(zoneOf(timezone.at(scope), zone));
      return isoOf(includesTime.at(scope) === false ? moment.startOf('day') : moment);
    },
  };
};

const between: Compile = (kit) => {
  const start = kit.param<Json>('startDate', '');
  const end = kit.param<Json>('endDate', '');
  const units = kit.param<Json>('units', ['day']);
  const isIso = kit.param<boolean>('options.isoString', false);
  return {
    output: 'timeDifference',
    of({ scope, zone, index }) {
      const from = readMoment(start.at(scope), { zone, itemIndex: index }).setZone(zone);
      const to = readMoment(end.at(scope), { zone, itemIndex: index }).setZone(zone);
      const wanted = units.at(scope);
      const names = (Array.isArray(wanted) ? wanted : [wanted]).map(unitOf);
      const duration = to.diff(from, names);
      return isIso.at(scope) === true ? (duration.toISO() ?? '') : (duration.toObject() as JsonObject);
    },
  };
};

const round: Compile = (kit) => {
  const date = kit.param<Json>('date', '');
  const mode = kit.param<string>('mode', 'roundDown');
  const nearest = kit.param<string>('toNearest', 'month');
  const to = kit.param<string>('to', 'month');
  return {
    output: 'roundedDate',
    of({ scope, zone, index }) {
      const moment = readMoment(date.at(scope), { zone, itemIndex: index }).setZone(zone);
      const up = mode.at(scope) === 'roundUp';
      const unit = unitOf((up ? to : nearest).at(scope)).slice(0, -1) as DateTimeUnit;
      const floor = moment.startOf(unit);
      return isoOf(up ? floor.plus({ [unit]: 1 }) : floor);
    },
  };
};

/** Operations of version 2 by n8n's names. */
export const OPERATIONS: ReadonlyMap<string, Compile> = new Map([
  ['addToDate', shift(1)],
  ['subtractFromDate', shift(-1)],
  ['formatDate', format],
  ['extractDate', extract],
  ['getCurrentDate', current],
  ['getTimeBetweenDates', between],
  ['roundDate', round],
]);
