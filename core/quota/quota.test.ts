import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { RunEvent } from '../engine/events.ts';
import type { Run } from '../engine/run.ts';
import { fullBucket, refill, waitFor } from './bucket.ts';
import { type Lease, NO_LEASE, outstanding, settle } from './lease.ts';
import { countsOf } from './measure.ts';
import { reached } from './notice.ts';
import { periodAt } from './period.ts';
import { limitsOf } from './plans.ts';
import { PLANS } from './plans.generated.ts';
import { arrive, type Seen } from './seen.ts';
import { Tally } from './tally.ts';

describe('leases', () => {
  it('[USE3] always add up, never go negative, and grow by no more than there is room', ({ expect }) => {
    const request = fc.record({
      used: fc.nat(200),
      keep: fc.nat(200),
      want: fc.nat(500),
      frozen: fc.boolean(),
      room: fc.nat(300),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 30 }), (requests) => {
        let lease: Lease = NO_LEASE;
        for (const each of requests) {
          const before = lease;
          lease = settle(lease, each);
          expect(lease.granted).toBe(lease.used + lease.returned + outstanding(lease));
          expect(outstanding(lease)).toBeGreaterThanOrEqual(each.keep);
          expect(lease.returned).toBeGreaterThanOrEqual(before.returned);
          // Beyond the room only what was started already, because the journal says so.
          const owed = Math.max(0, each.keep - (outstanding(before) - each.used));
          expect(lease.granted - before.granted).toBeLessThanOrEqual(each.room + owed);
        }
      }),
    );
  });
});

describe('positions', () => {
  it('[USE2] are taken once in any order, and kept as few ranges', ({ expect }) => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...Array(40).keys()], { minLength: 40 }),
        fc.array(fc.nat(39)),
        (order, again) => {
          let seen: Seen = [];
          for (const at of order) {
            const { arrival, seen: next } = arrive(seen, at * 3, at * 3 + 3);
            expect(arrival).toBe('new');
            seen = next;
          }
          expect(seen).toEqual([[0, 120]]);
          for (const at of again) expect(arrive(seen, at * 3, at * 3 + 3).arrival).toBe('duplicate');
        },
      ),
    );
  });

  it('[USE2] that repeat only a part of what is known are refused', ({ expect }) => {
    expect(arrive([[0, 10]], 5, 15)).toEqual({ arrival: 'overlap', seen: [[0, 10]] });
    expect(arrive([[4, 6]], 0, 10).arrival).toBe('overlap');
    expect(arrive([[0, 10]], 10, 15).arrival).toBe('new');
  });
});

describe('buckets', () => {
  it('[USE6] never let more through than the rate and one burst, whatever the clock does', ({ expect }) => {
    const rate = { perSecond: 5, burst: 20 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 2_000 }), { maxLength: 200 }), (steps) => {
        let nowMs = 10_000;
        let latestMs = nowMs;
        let bucket = fullBucket(rate, nowMs);
        let taken = 0;
        for (const step of steps) {
          nowMs += step;
          latestMs = Math.max(latestMs, nowMs);
          bucket = refill(bucket, rate, nowMs);
          if (waitFor(bucket, rate, 1) > 0) continue;
          bucket = { ...bucket, tokens: bucket.tokens - 1 };
          taken++;
        }
        expect(taken).toBeLessThanOrEqual(20 + ((latestMs - 10_000) / 1_000) * 5 + 1e-6);
      }),
    );
  });
});

describe('what counts', () => {
  const run = (over: { mode?: string; parent?: object; trigger?: string; found?: number; rerunOf?: string }): Run =>
    ({
      start: { mode: over.mode ?? 'production', node: 'a', at: 100, parent: over.parent, rerunOf: over.rerunOf },
      program: {
        graph: { byId: new Map([['a', 0]]), nodes: [{ def: { id: 'a', type: 't' } }] },
        registry: new Map([['t', { trigger: over.trigger }]]),
      },
      final: { status: 'success' },
      steps: [{ node: 0, outputs: [Array.from({ length: over.found ?? 0 }, () => ({ json: {} }))] }],
    }) as unknown as Run;
  const start = { t: 'start' } as unknown as RunEvent;
  const end = { t: 'end', at: 200, status: 'success' } as RunEvent;
  const runsOf = (of: Run): number => (countsOf(of, start)?.runs ?? 0) + (countsOf(of, end)?.runs ?? 0);

  it('[USE9] is a run that somebody or something started, and a poll only if it found something', ({ expect }) => {
    expect(runsOf(run({}))).toBe(1);
    expect(runsOf(run({ mode: 'manual' }))).toBe(1);
    expect(runsOf(run({ mode: 'error' }))).toBe(0);
    expect(runsOf(run({ mode: 'child', parent: {} }))).toBe(0);
    expect(runsOf(run({ trigger: 'poll' }))).toBe(0);
    expect(runsOf(run({ trigger: 'poll', found: 2 }))).toBe(1);
  });

  it('[USE8] leaves out what a rerun took over', ({ expect }) => {
    const step = (at: number): RunEvent => ({ t: 'step', at, n: 'a', ms: 1, u: { cpuUs: 5 } });
    expect(countsOf(run({ rerunOf: 'run_x' }), step(50))).toBeUndefined();
    expect(countsOf(run({ rerunOf: 'run_x' }), step(150))).toEqual({ steps: 1, cpuUs: 25 });
  });

  it('[USE1] is summed by names that may be anything', ({ expect }) => {
    const tally = new Tally();
    for (const name of ['__proto__', 'constructor', '__proto__']) tally.add(1, name, { runs: 1 });
    expect(tally.lines().map(({ workflow, counts }) => [workflow, counts.runs])).toEqual([
      ['__proto__', 2],
      ['constructor', 1],
    ]);
  });
});

describe('plans', () => {
  it('have names of their own and no soft limit beyond the hard one', ({ expect }) => {
    expect(new Set(PLANS.map(({ name }) => name)).size).toBe(PLANS.length);
    for (const { meters } of PLANS) {
      for (const { soft, hard } of Object.values(meters)) expect(soft ?? 0).toBeLessThanOrEqual(hard ?? Infinity);
    }
  });

  it('[USE7] tell of each threshold, exactly from when it is reached', ({ expect }) => {
    const limits = limitsOf('unlimited', { meters: { runs: { soft: 10, hard: 20 } } });
    const told = (runs: number) => reached({ runs }, limits).map(({ kind, percent }) => `${kind} ${percent}`);
    expect(told(7)).toEqual([]);
    expect(told(8)).toEqual(['soft 80']);
    expect(told(16)).toEqual(['soft 80', 'soft 100', 'hard 80']);
    expect(told(20)).toEqual(['soft 80', 'soft 100', 'hard 80', 'hard 100']);
  });

  it('count by calendar months in UTC', ({ expect }) => {
    const last = periodAt(Date.UTC(2027, 0, 1) - 1);
    expect(last).toEqual({ id: '2026-12', startMs: Date.UTC(2026, 11, 1), endMs: Date.UTC(2027, 0, 1) });
    expect(periodAt(last.endMs).id).toBe('2027-01');
  });
});
