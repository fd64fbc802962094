import { afterAll, beforeAll, describe, it } from 'vitest';
import { localText, momentIn } from './typed-moment.ts';

describe('moments that people type', () => {
  const zone = process.env['TZ'];
  beforeAll(() => {
    // 53 minutes and 28 seconds from Greenwich until 1893
    process.env['TZ'] = 'Europe/Berlin';
  });
  afterAll(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('come back as they were typed, also while a year has one digit', ({ expect }) => {
    const typed = ['2026-11-26T18:30', '1999-12-31T23:59', '0002-01-01T00:00', '0202-07-01T09:05'];
    expect(typed.map((text) => localText(momentIn(text) ?? 0))).toEqual(typed);
    expect(momentIn('2026-11-26T18:30')).toBe(Date.UTC(2026, 10, 26, 17, 30));
  });

  it('are none while nothing is typed, and where a year has five digits', ({ expect }) => {
    expect(['', '20261-01-01T00:00', 'soon'].map((text) => momentIn(text))).toEqual([undefined, undefined, undefined]);
  });

  it('are empty where an address says what no calendar has', ({ expect }) => {
    expect([1e300, -1e300, 8.64e15 + 1, Number.NaN, Infinity].map((at) => localText(at))).toEqual(['', '', '', '', '']);
  });

  it('are read in the zone somebody chose, as the own zone would be', ({ expect }) => {
    const typed = ['2026-11-26T18:30', '2026-07-01T00:05', '0202-07-01T09:05', '0002-01-01T00:00'];
    for (const chosen of ['Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'Europe/Berlin', 'UTC']) {
      expect(typed.map((text) => localText(momentIn(text, chosen) ?? 0, chosen))).toEqual(typed);
    }
    expect(momentIn('2026-11-26T18:30', 'Asia/Tokyo')).toBe(Date.UTC(2026, 10, 26, 9, 30));
    expect(localText(Date.UTC(2026, 10, 26, 15, 0), 'Asia/Tokyo')).toBe('2026-11-27T00:00');
    // set forward, set back, and what is no wall clock
    const hard = ['2026-03-29T02:30', '2026-10-25T02:30', '2026-10-25T03:00', '2026-01-01T00:00:30'];
    expect(hard.map((text) => momentIn(text, 'Europe/Berlin'))).toEqual(hard.map((text) => momentIn(text)));
    expect(momentIn('2026-11-26T18:30Z', 'Asia/Tokyo')).toBe(Date.UTC(2026, 10, 26, 18, 30));
    expect(momentIn('', 'Asia/Tokyo')).toBeUndefined();
  });
});
