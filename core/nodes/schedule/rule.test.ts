import { DateTime } from 'luxon';
import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { nodeOf } from '../testing.ts';
import { node } from './index.ts';
import { nextRuns } from './rule.ts';

const at = (iso: string, zone = 'Europe/Berlin'): number => DateTime.fromISO(iso, { zone }).toMillis();

/** Local times, with offsets, of the next runs. */
function runs(parameters: JsonObject, from: string, count: number, zone = 'Europe/Berlin'): string[] {
  return nextRuns(nodeOf(node, { parameters }), at(from, zone), zone, count).map(({ atMs }) =>
    DateTime.fromMillis(atMs, { zone }).toFormat('yyyy-MM-dd HH:mm:ss ZZ'),
  );
}

const rule = (...interval: JsonObject[]): JsonObject => ({ rule: { interval } });
const cron = (expression: string): JsonObject => rule({ field: 'cronExpression', expression });

describe('schedule rules', () => {
  it('[SCH1] defaults are n8n’s: an empty rule is every day at midnight', ({ expect }) => {
    const midnights = ['2026-01-02 00:00:00 +01:00', '2026-01-03 00:00:00 +01:00'];
    expect(runs({}, '2026-01-01T10:00', 2)).toEqual(midnights);
    expect(runs(rule({}), '2026-01-01T10:00', 2)).toEqual(midnights);
  });

  it('[SCH1] seconds, minutes and hours recur on the clock', ({ expect }) => {
    expect(runs(rule({ field: 'seconds', secondsInterval: 20 }), '2026-01-01T10:00:05', 3)).toEqual([
      '2026-01-01 10:00:20 +01:00',
      '2026-01-01 10:00:40 +01:00',
      '2026-01-01 10:01:00 +01:00',
    ]);
    expect(runs(rule({ field: 'minutes', minutesInterval: 15 }), '2026-01-01T10:00', 2)).toEqual([
      '2026-01-01 10:15:00 +01:00',
      '2026-01-01 10:30:00 +01:00',
    ]);
    expect(runs(rule({ field: 'hours', hoursInterval: 6, triggerAtMinute: 10 }), '2026-01-01T10:00', 3)).toEqual([
      '2026-01-01 12:10:00 +01:00',
      '2026-01-01 18:10:00 +01:00',
      '2026-01-02 00:10:00 +01:00',
    ]);
  });

  it('[SCH1] intervals that do not divide the hour stay even', ({ expect }) => {
    const got = nextRuns(
      nodeOf(node, { parameters: rule({ field: 'minutes', minutesInterval: 45 }) }),
      at('2026-01-01T10:00'),
      'Europe/Berlin',
      5,
    );
    const gaps = got.slice(1).map(({ atMs }, index) => (atMs - (got[index]?.atMs ?? 0)) / 60_000);
    expect(gaps).toEqual([45, 45, 45, 45]);
  });

  it('[SCH1] weeks fire on their days', ({ expect }) => {
    // 2026-01-01 is a Thursday.
    expect(runs(rule({ field: 'weeks', triggerAtDay: [1, 5], triggerAtHour: 9 }), '2026-01-01T10:00', 3)).toEqual([
      '2026-01-02 09:00:00 +01:00',
      '2026-01-05 09:00:00 +01:00',
      '2026-01-09 09:00:00 +01:00',
    ]);
    const fortnight = nextRuns(
      nodeOf(node, { parameters: rule({ field: 'weeks', weeksInterval: 2, triggerAtDay: [1] }) }),
      at('2026-01-01T10:00', 'UTC'),
      'UTC',
      3,
    );
    expect(fortnight.slice(1).map(({ atMs }, index) => (atMs - (fortnight[index]?.atMs ?? 0)) / 86_400_000)).toEqual([
      14, 14,
    ]);
  });

  it('[SCH1] months leave out those too short', ({ expect }) => {
    expect(runs(rule({ field: 'months', triggerAtDayOfMonth: 31, triggerAtHour: 8 }), '2026-01-31T09:00', 2)).toEqual([
      '2026-03-31 08:00:00 +02:00',
      '2026-05-31 08:00:00 +02:00',
    ]);
    expect(runs(rule({ field: 'months', monthsInterval: 3 }), '2026-01-01T09:00', 2)).toEqual([
      '2026-04-01 00:00:00 +02:00',
      '2026-07-01 00:00:00 +02:00',
    ]);
  });

  it('[SCH2] several rules interleave, and fire once where they meet', ({ expect }) => {
    const both = rule(
      { field: 'cronExpression', expression: '0 9 * * *' },
      { field: 'days', triggerAtHour: 9 },
      { field: 'days', triggerAtHour: 8 },
    );
    expect(runs(both, '2026-01-01T07:00', 3)).toEqual([
      '2026-01-01 08:00:00 +01:00',
      '2026-01-01 09:00:00 +01:00',
      '2026-01-02 08:00:00 +01:00',
    ]);
  });

  it('[SCH3] a time of day that does not exist fires at the first instant after the gap', ({ expect }) => {
    // Berlin skips 02:00–03:00 on 2026-03-29.
    expect(runs(cron('30 2 * * *'), '2026-03-28T12:00', 3)).toEqual([
      '2026-03-29 03:00:00 +02:00',
      '2026-03-30 02:30:00 +02:00',
      '2026-03-31 02:30:00 +02:00',
    ]);
    expect(runs(rule({ field: 'days', triggerAtHour: 2, triggerAtMinute: 30 }), '2026-03-28T12:00', 1)).toEqual([
      '2026-03-29 03:00:00 +02:00',
    ]);
    expect(runs(cron('0,30 2 * * *'), '2026-03-28T12:00', 2)).toEqual([
      '2026-03-29 03:00:00 +02:00',
      '2026-03-30 02:00:00 +02:00',
    ]);
  });

  it('[SCH3] a time of day that happens twice fires once, the first time', ({ expect }) => {
    // Berlin repeats 02:00–03:00 on 2026-10-25.
    expect(runs(cron('30 2 * * *'), '2026-10-24T12:00', 2)).toEqual([
      '2026-10-25 02:30:00 +02:00',
      '2026-10-26 02:30:00 +01:00',
    ]);
    const second = at('2026-10-25T02:30') + 3_600_000 - 60_000;
    const after = nextRuns(nodeOf(node, { parameters: cron('30 2 * * *') }), second, 'Europe/Berlin', 1);
    expect(after[0]?.atMs).toBe(at('2026-10-26T02:30'));
  });

  it('[SCH3] rules of elapsed time go on through clock changes', ({ expect }) => {
    const starts = ['2026-03-29T01:10', '2026-10-25T01:10'];
    for (const how of [cron('*/15 * * * *'), rule({ field: 'minutes', minutesInterval: 15 })]) {
      for (const start of starts) {
        const got = nextRuns(nodeOf(node, { parameters: how }), at(start), 'Europe/Berlin', 16).map(({ atMs }) => atMs);
        const gaps = new Set(got.slice(1).map((atMs, index) => atMs - (got[index] ?? 0)));
        expect([...gaps]).toEqual([900_000]);
      }
    }
  });

  it('[SCH3] other zones: half-hour changes, midnight changes, and none', ({ expect }) => {
    // Lord Howe sets its clock by half an hour; 02:15 does not exist on 2026-10-04.
    expect(runs(cron('15 2 * * *'), '2026-10-03T12:00', 1, 'Australia/Lord_Howe')).toEqual([
      '2026-10-04 02:30:00 +11:00',
    ]);
    // Santiago skips midnight on 2026-09-06.
    expect(runs(cron('0 0 * * *'), '2026-09-05T12:00', 2, 'America/Santiago')).toEqual([
      '2026-09-06 01:00:00 -03:00',
      '2026-09-07 00:00:00 -03:00',
    ]);
    expect(runs(cron('0 9 * * 1-5'), '2026-01-02T10:00', 2, 'Asia/Kolkata')).toEqual([
      '2026-01-05 09:00:00 +05:30',
      '2026-01-06 09:00:00 +05:30',
    ]);
  });

  it('[SCH4] continuing from the last run gives the same times as asking for many at once', ({ expect }) => {
    const zone = 'America/New_York';
    for (const parameters of [
      cron('30 1,2 * * *'),
      cron('*/20 * * * *'),
      rule({ field: 'hours', hoursInterval: 5 }),
      rule({ field: 'days', daysInterval: 3, triggerAtHour: 2 }),
    ]) {
      for (const start of ['2026-03-07T20:00', '2026-10-31T20:00']) {
        const def = nodeOf(node, { parameters });
        const many = nextRuns(def, at(start, zone), zone, 30).map(({ atMs }) => atMs);
        const chained: number[] = [];
        for (let last = at(start, zone); chained.length < 30;) {
          last = nextRuns(def, last, zone, 1)[0]?.atMs ?? Number.NaN;
          chained.push(last);
        }
        expect(chained).toEqual(many);
      }
    }
  });

  it('[SCH5] the old Cron node', ({ expect }) => {
    const old = (...item: JsonObject[]): JsonObject => ({ triggerTimes: { item } });
    expect(runs(old({ hour: 8 }), '2026-01-01T10:00', 1)).toEqual(['2026-01-02 08:00:00 +01:00']);
    expect(runs(old({}), '2026-01-01T10:00', 1)).toEqual(['2026-01-01 14:00:00 +01:00']);
    expect(runs(old({ mode: 'everyX', value: 10, unit: 'minutes' }), '2026-01-01T10:00', 1)).toEqual([
      '2026-01-01 10:10:00 +01:00',
    ]);
    expect(runs(old({ mode: 'everyWeek', weekday: '1', hour: 9 }), '2026-01-01T10:00', 1)).toEqual([
      '2026-01-05 09:00:00 +01:00',
    ]);
    expect(runs(old({ mode: 'everyMonth', dayOfMonth: 2, hour: 9 }), '2026-01-01T10:00', 1)).toEqual([
      '2026-01-02 09:00:00 +01:00',
    ]);
    expect(runs(old({ mode: 'custom', cronExpression: '*/30 * * * * *' }), '2026-01-01T10:00', 1)).toEqual([
      '2026-01-01 10:00:30 +01:00',
    ]);
    expect(runs(old({ mode: 'everyHour', minute: 5 }, { mode: 'everyMinute' }), '2026-01-01T10:04:30', 2)).toEqual([
      '2026-01-01 10:05:00 +01:00',
      '2026-01-01 10:06:00 +01:00',
    ]);
  });

  it('[SCH6] rules that cannot be read are refused by name', ({ expect }) => {
    expect(() => runs(cron('every day'), '2026-01-01T10:00', 1)).toThrow('"every day" is not a cron expression');
    expect(() => runs(rule({ field: 'days', triggerAtHour: 24 }), '2026-01-01T10:00', 1)).toThrow(
      '24 is not a valid hour',
    );
    expect(() => runs(rule({ field: 'minutes', minutesInterval: 0 }), '2026-01-01T10:00', 1)).toThrow(
      'every 0 minutes',
    );
    expect(() => nextRuns(nodeOf(node), 0, 'Mars/Olympus', 1)).toThrow('There is no time zone "Mars/Olympus"');
  });
});

describe('the old Interval node', () => {
  it('[SCH5] fires every so many units', ({ expect }) => {
    const times = (parameters: JsonObject): string[] =>
      nextRuns(nodeOf(node, { parameters, version: 1 }), at('2026-01-01T10:00:30'), 'UTC', 2).map(({ atMs }) =>
        new Date(atMs).toISOString().slice(11, 19),
      );
    expect(times({ interval: 2, unit: 'hours' })).toEqual(['10:00:00', '12:00:00']);
    expect(times({ unit: 'minutes' })).toEqual(['09:01:00', '09:02:00']);
    expect(times({ interval: 10 })).toEqual(['09:00:40', '09:00:50']);
  });
});

describe('poll times', () => {
  const poll = (parameters: JsonObject): string[] =>
    nextRuns(
      { ...nodeOf(node, { parameters }), type: 'some-poll-trigger' },
      at('2026-01-01T10:00:30'),
      'Europe/Berlin',
      2,
    ).map(({ atMs }) => DateTime.fromMillis(atMs, { zone: 'Europe/Berlin' }).toFormat('HH:mm:ss'));

  it('[TRG3] every minute by default, else as pollTimes say', ({ expect }) => {
    expect(poll({})).toEqual(['10:01:00', '10:02:00']);
    expect(poll({ pollTimes: { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] } })).toEqual([
      '10:05:00',
      '10:10:00',
    ]);
  });
});
