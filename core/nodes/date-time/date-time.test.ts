import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import { jsonOf } from '../testing.ts';
import { node } from './index.ts';

const zone = 'Europe/Berlin';
const run = (parameters: JsonObject, { version = 2, items = [{}] }: { version?: number; items?: Json[] } = {}) =>
  jsonOf(node, { parameters, version, items, zone })[0];
const one = (parameters: JsonObject): Json | undefined => Object.values(run(parameters)?.[0] ?? {})[0];
const old = (parameters: JsonObject): Json | undefined => run(parameters, { version: 1 })?.[0]?.data;

describe('date-time', () => {
  it('[DTM1] adds, subtracts, rounds, compares and takes apart in the workflow’s zone', ({ expect }) => {
    const date = '2024-03-30T12:00:00Z';
    expect(one({ operation: 'addToDate', magnitude: date, duration: 1 })).toBe('2024-03-31T13:00:00.000+02:00');
    expect(one({ operation: 'subtractFromDate', magnitude: date, duration: 2, timeUnit: 'hours' })).toBe(
      '2024-03-30T11:00:00.000+01:00',
    );
    expect(one({ operation: 'roundDate', date })).toBe('2024-03-01T00:00:00.000+01:00');
    expect(one({ operation: 'roundDate', date, mode: 'roundUp', to: 'day' })).toBe('2024-03-31T00:00:00.000+01:00');
    expect(one({ operation: 'extractDate', date, part: 'hour' })).toBe(13);
    expect(one({ operation: 'extractDate', date: '2024-12-31T23:30:00Z' })).toBe(1);
    const span = { operation: 'getTimeBetweenDates', startDate: date, endDate: '2024-04-01T13:00:00Z' };
    expect(one({ ...span, units: ['day', 'hour'] })).toEqual({ days: 2, hours: 2 });
    expect(one({ ...span, options: { isoString: true } })).toMatch(/^P2\.0\d+D$/);
    expect(one({})).toBe('2026-03-01T13:00:00.000+01:00');
    expect(one({ includeTime: false, options: { timezone: 'UTC' } })).toBe('2026-03-01T00:00:00.000Z');
  });

  it('[DTM2] formats in the date’s own zone unless told otherwise; nothing stays nothing', ({ expect }) => {
    const format = { operation: 'formatDate', date: '2024-03-30T23:30:00-05:00' };
    expect(one({ ...format, format: 'yyyy-MM-dd' })).toBe('2024-03-30');
    expect(one({ ...format, format: 'yyyy-MM-dd', options: { timezone: true } })).toBe('2024-03-31');
    expect(one({ ...format, format: 'custom', customFormat: "d. LLLL 'um' H" })).toBe('30. March um 23');
    expect(one({ ...format, date: '31.12.2024', options: { fromFormat: 'dd.MM.yyyy' } })).toBe('12/31/2024');
    expect(one({ ...format, date: '={{ null }}' })).toBeNull();
  });

  it('[DTM3] puts the result beside the fields only when told to', ({ expect }) => {
    const items = [{ a: 1 }];
    const parameters = { operation: 'extractDate', date: '2024-03-30', outputFieldName: '__proto__' };
    expect(JSON.stringify(run(parameters, { items }))).toBe('[{"__proto__":3}]');
    const kept = { ...parameters, options: { includeInputFields: true } };
    expect(JSON.stringify(run(kept, { items }))).toBe('[{"a":1,"__proto__":3}]');
  });

  it('[DTM4] version 1 speaks the formats of moment.js', ({ expect }) => {
    const value = '2023-01-02T03:04:05.678Z';
    const format = (toFormat: string): Json | undefined => old({ value, toFormat });
    expect(old({ value })).toBe('01/02/2023');
    expect(format('dddd, MMMM Do YYYY, h:mm:ss a')).toBe('Monday, January 2nd 2023, 4:04:05 am');
    expect(format('YY-M-D HH:mm:ss.SSS Z [at] X x')).toBe('23-1-2 04:04:05.678 +01:00 at 1672628645 1672628645678');
    expect(format('DDDD W E Q LLL')).toBe('002 1 1 1 January 2, 2023 4:04 AM');
    expect(old({ value: '2023-01-01', toFormat: 'w gggg dd' })).toBe('1 2023 Su');
    expect(old({ value: '1682918315.906' })).toBe('05/01/2023');
    expect(old({ value: '14/2/2020 5:06 PM', options: { fromFormat: 'DD/MM/YYYY h:mm A' }, toFormat: 'x' })).toBe(
      String(Date.UTC(2020, 1, 14, 16, 6)),
    );
    expect(old({ value, toFormat: 'HH:mm', options: { toTimezone: 'Asia/Tokyo' } })).toBe('12:04');
  });

  it('[DTM4] version 1 calculates, keeps the item, and writes to a path', ({ expect }) => {
    const parameters = { action: 'calculate', value: '2023-01-31T00:00:00Z', duration: 1, timeUnit: 'months' };
    expect(run({ ...parameters, dataPropertyName: 'b.c' }, { version: 1, items: [{ a: 1, b: { d: 2 } }] })).toEqual([
      { a: 1, b: { d: 2, c: '2023-02-28T00:00:00.000Z' } },
    ]);
    expect(old({ ...parameters, operation: 'subtract', timeUnit: 'days' })).toBe('2023-01-30T00:00:00.000Z');
    expect(run({ value: '={{ $json.none }}' }, { version: 1, items: [{ a: 1 }] })).toEqual([{ a: 1 }]);
  });

  it('[DTM5] says what is no date, unit, zone or number', ({ expect }) => {
    expect(() => one({ operation: 'extractDate', date: 'soon' })).toThrow('"soon" is no date.');
    expect(() => one({ operation: 'formatDate', date: 'x', options: { fromFormat: 'yyyy' } })).toThrow("format 'yyyy'");
    expect(() => one({ operation: 'addToDate', magnitude: '2024-01-01', timeUnit: 'aeons' })).toThrow("'aeons' is no");
    expect(() => one({ operation: 'addToDate', magnitude: '2024-01-01', duration: 1e300 })).toThrow('calendar');
    expect(() => one({ operation: 'addToDate', magnitude: '2024-01-01', duration: 'many' })).toThrow('no number');
    expect(() => one({ options: { timezone: 'Mars/Base' } })).toThrow("no time zone 'Mars/Base'");
    expect(() => one({ operation: 'juggle' })).toThrow('no operation "juggle"');
    expect(() => old({ action: 'juggle' })).toThrow('cannot "juggle"');
  });
});
