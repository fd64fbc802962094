import { describe, it } from 'vitest';
import { evaluate } from '../../../core/expression/testing.ts';

describe('[EXP7] what a date leaves out comes from the scope, never from the clock of the host', () => {
  const scope = { nowMs: Date.UTC(2031, 4, 6, 12), zone: 'UTC', json: [{}] };

  it.for([
    ['DateTime.fromObject({}).toISO()', '2031-05-06T12:00:00.000Z'],
    ['DateTime.fromObject(null, null).toISO()', '2031-05-06T12:00:00.000Z'],
    ['DateTime.fromObject({ hour: 7 }).toISO()', '2031-05-06T07:00:00.000Z'],
    ['DateTime.fromFormat("10:30", "HH:mm").toISO()', '2031-05-06T10:30:00.000Z'],
    ['DateTime.fromISO("10:30").toISO()', '2031-05-06T10:30:00.000Z'],
    ['DateTime.fromSQL("10:30:00").toISO()', '2031-05-06T10:30:00.000Z'],
    ['"10:30".toDateTime("HH:mm").toISO()', '2031-05-06T10:30:00.000Z'],
    ['"10:30".toDateTime().toISO()', '2031-05-06T10:30:00.000Z'],
    ['DateTime.local({ zone: "utc" }).toISO()', '2031-05-06T12:00:00.000Z'],
    ['$now.isBetween("10:30", "13:30")', true],
    ['Interval.fromISO("10:30/11:30").start.toISO()', '2031-05-06T10:30:00.000Z'],
  ] as const)('%s', ([code, value], { expect }) => {
    expect(evaluate(code, scope)).toEqual(value);
  });
});
