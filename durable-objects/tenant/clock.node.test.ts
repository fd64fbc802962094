import { describe, it } from 'vitest';
import { clockItem } from './clock-item.ts';
import { latestDue } from './occurrence.ts';

describe('the item of a schedule', () => {
  it('tells the time in the workflow’s zone', ({ expect }) => {
    expect(clockItem(Date.UTC(2026, 2, 3, 21, 5, 9, 7), 'America/New_York').json).toEqual({
      timestamp: '2026-03-03T16:05:09.007-05:00',
      'Readable date': 'March 3rd 2026, 4:05:09 pm',
      'Readable time': '4:05:09 pm',
      'Day of week': 'Tuesday',
      Year: '2026',
      Month: 'March',
      'Day of month': '03',
      Hour: '16',
      Minute: '05',
      Second: '09',
      Timezone: 'America/New_York (UTC-05:00)',
    });
  });

  it('copes with midnight, noon, teens and zones of half an hour', ({ expect }) => {
    const midnight = clockItem(Date.UTC(2026, 10, 11), 'UTC').json;
    expect(midnight).toMatchObject({
      timestamp: '2026-11-11T00:00:00.000+00:00',
      'Readable date': 'November 11th 2026, 12:00:00 am',
      Hour: '00',
    });
    expect(clockItem(Date.UTC(2026, 10, 22, 6, 30), 'Asia/Kolkata').json).toMatchObject({
      timestamp: '2026-11-22T12:00:00.000+05:30',
      'Readable date': 'November 22nd 2026, 12:00:00 pm',
    });
  });
});

describe('the latest missed start', () => {
  const MINUTE_MS = 60_000;
  const everyMinute = (afterMs: number) => (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;

  it('[TEN7] is the first one when no other was missed', ({ expect }) => {
    expect(latestDue(10 * MINUTE_MS, 10 * MINUTE_MS + 5, everyMinute)).toBe(10 * MINUTE_MS);
  });

  it('[TEN7] is found in few steps after a long time', ({ expect }) => {
    let asked = 0;
    const everySecond = (afterMs: number) => {
      asked++;
      return (Math.floor(afterMs / 1_000) + 1) * 1_000;
    };
    const YEAR_MS = 365 * 24 * 3_600_000;
    expect(latestDue(1_000, YEAR_MS + 400, everySecond)).toBe(YEAR_MS);
    expect(asked).toBeLessThan(20);
  });

  it('[TEN7] is right for rules of any density', ({ expect }) => {
    for (const periodMs of [1, 7, 1_000, 90_001, 86_400_000, 31 * 86_400_000]) {
      const next = (afterMs: number) => (Math.floor(afterMs / periodMs) + 1) * periodMs;
      for (const nowMs of [periodMs, periodMs + 1, 3 * periodMs - 1, 9 * periodMs, 1_000 * periodMs + 13]) {
        expect(latestDue(periodMs, nowMs, next)).toBe(Math.floor(nowMs / periodMs) * periodMs);
      }
    }
  });

  it('[TEN7] is the last one of a rule that ended', ({ expect }) => {
    const times = [100, 200, 5_000];
    expect(latestDue(100, 1_000_000, (afterMs) => times.find((atMs) => atMs > afterMs) ?? null)).toBe(5_000);
  });
});
