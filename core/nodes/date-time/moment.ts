import { DateTime } from 'luxon';
import { toMoment } from '../../conditions/date.ts';
import type { Json } from '../../data/item.ts';
import { waysToRead } from '../../expression/builtins/date-format.ts';
import { NodeError } from '../../node/kit.ts';

/** Epoch seconds with a fraction, written as text. Whole ones are read with all other dates. */
const FRACTION = /^-?\d+\.\d+$/;

/** How a text is to be read. */
export interface Reading {
  zone: string;
  /** luxon tokens; absent: everything that is plainly a date. */
  format?: string;
  itemIndex?: number;
}

/** Reads a moment. @throws NodeError `bad-date`. */
export function readMoment(value: Json | undefined, reading: Reading): DateTime {
  const { zone, format, itemIndex } = reading;
  const text = typeof value === 'number' ? String(value) : value;
  const moment =
    format !== undefined && typeof text === 'string'
      ? readBy(text.trim(), format, zone)
      : toMoment(typeof value === 'string' && FRACTION.test(value.trim()) ? Number(value) : value, zone);
  if (moment?.isValid) return moment;
  const shown = JSON.stringify(value ?? null).slice(0, 100);
  const how = format === undefined ? '' : ` in the format '${format.slice(0, 60)}'`;
  throw new NodeError('bad-date', `${shown} is no date${how}.`, {
    description: 'Give an ISO date such as 2026-01-31T08:00:00Z, or name the format of the text.',
    ...(itemIndex === undefined ? {} : { itemIndex }),
  });
}

function readBy(text: string, format: string, zone: string): DateTime {
  waysToRead(text, format);
  return DateTime.fromFormat(text, format, { zone, setZone: true });
}

/** A named zone, or the fallback for none. @throws NodeError `bad-zone`. */
export function zoneOf(value: Json | undefined, fallback: string): string {
  if (typeof value !== 'string' || value === '' || value === 'DEFAULT') return fallback;
  if (DateTime.fromMillis(0, { zone: value }).isValid) return value;
  throw new NodeError('bad-zone', `There is no time zone '${value.slice(0, 60)}'.`, {
    description: 'Time zones are named like Europe/Berlin.',
  });
}

const UNITS = ['years', 'quarters', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', 'milliseconds'] as const;
export type Unit = (typeof UNITS)[number];

/** A unit of time in singular or plural. @throws NodeError `unknown-unit`. */
export function unitOf(value: Json | undefined): Unit {
  const text = String(value ?? '').toLowerCase();
  const found = UNITS.find((unit) => unit === text || unit.slice(0, -1) === text);
  if (found) return found;
  throw new NodeError('unknown-unit', `'${text.slice(0, 60)}' is no unit of time.`, {
    description: `Units are: ${UNITS.join(', ')}.`,
  });
}

/** A number of units. @throws NodeError `bad-duration`. */
export function amountOf(value: Json | undefined): number {
  const amount = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isFinite(amount)) return amount;
  throw new NodeError('bad-duration', `${JSON.stringify(value ?? null).slice(0, 60)} is no number of units.`);
}

/** ISO text; a result beyond the calendar is a failure. @throws NodeError `bad-date`. */
export function isoOf(moment: DateTime): string {
  const text = moment.toISO();
  if (text !== null) return text;
  throw new NodeError('bad-date', 'The date lies outside the calendar.', { description: 'Use a smaller duration.' });
}
