import { describe, it, vi } from 'vitest';
import { turnedAway, wasRefused } from '../../../workers/hooks/door.ts';

// The refusals of all tenants once waited in one line: a tenant a little over its limit waited two seconds behind the
// flood of another.
describe('[USE11] refusals of a tenant at the door', () => {
  it('wait for each other, and never for those of another tenant', async ({ expect, onTestFinished }) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const flood = refusedTimes('pace-flood', 240);
    const few = refusedTimes('pace-few', 25);
    await vi.advanceTimersByTimeAsync(0);
    // Twenty at once; of a flood, also those for whom the line is too long.
    expect([flood.length, few.length]).toEqual([40, 20]);
    await vi.advanceTimersByTimeAsync(50);
    expect(few.slice(20)).toEqual([10, 20, 30, 40, 50]);
    expect(flood.slice(40)).toEqual([10, 20, 30, 40, 50]);
    // Refused by a runner once more: it is still the same line, and there is room in it for five now.
    const more = refusedTimes('pace-flood', 5);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(flood.slice(40)).toEqual(Array.from({ length: 200 }, (_, at) => (at + 1) * 10));
    expect(more).toEqual([0, 1_960, 1_970, 1_980, 1_990]);
  });
});

/** Milliseconds after which each of so many calls was refused, as they are. */
function refusedTimes(tenant: string, calls: number): number[] {
  const began = Date.now();
  const times: number[] = [];
  const quota = { meter: 'runs', limit: 0, used: 0, plan: 'free' } as const;
  wasRefused(tenant, { status: 429, code: 'quota', message: 'x', hint: 'x', retryAfterMs: 60_000, quota } as never);
  for (let at = 0; at < calls; at++) {
    const answer = turnedAway(tenant);
    if (!answer) throw new Error('let in');
    void Promise.resolve(answer).then(() => times.push(Date.now() - began));
  }
  return times;
}
