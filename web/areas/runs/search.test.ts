import { describe, it } from 'vitest';
import { queryOf, runsSearch } from './search.ts';

describe('filters of the list of runs', () => {
  it('come from the address, whatever else it says', ({ expect }) => {
    expect(runsSearch({ status: 'error', version: 7, text: '', other: 'x', took: ['a'] })).toEqual({
      status: 'error',
      version: '7',
    });
  });

  it('become a question to the API', ({ expect }) => {
    expect(queryOf({ period: '1h', took: 'slow', trigger: 'webhook' }, 10_000_000, { environment: 'staging' })).toEqual(
      {
        trigger: 'webhook',
        environment: 'staging',
        since: 6_400_000,
        minTook: 10_000,
      },
    );
    const between = queryOf(
      { period: 'between', from: '2026-01-02T03:04', until: 'nonsense', environment: '~all' },
      0,
      { environment: 'staging' },
    );
    expect(between).toEqual({ since: new Date('2026-01-02T03:04').getTime() });
    const inTokyo = { environment: 'staging', zone: 'Asia/Tokyo' };
    expect(queryOf({ period: 'between', from: '2026-01-02T03:04' }, 0, inTokyo).since).toBe(
      Date.UTC(2026, 0, 1, 18, 4),
    );
    expect(queryOf({ took: '__proto__', period: 'constructor' }, 0, { environment: 'production' })).toEqual({
      environment: 'production',
    });
  });
});
