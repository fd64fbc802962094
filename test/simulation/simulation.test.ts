import { describe, it } from 'vitest';
import { bench, pass, sketch, sleepFor, START_MS } from '../../core/shard/testing.ts';
import { digest } from './digest.ts';
import { generate } from './generate.ts';
import type { History } from './history.ts';
import { PROMISES } from './promises/index.ts';
import { simulate } from './simulate.ts';

describe('simulation', () => {
  it('[P10] the same seed gives the same bytes', ({ expect }) => {
    for (let seed = 100; seed < 130; seed++) {
      expect(digest(simulate(generate(seed)))).toBe(digest(simulate(generate(seed))));
    }
    expect(digest(simulate(generate(1)))).not.toBe(digest(simulate(generate(2))));
  });

  it('[P6] thirty days pass in less than a second', async ({ expect }) => {
    const began = performance.now();
    const { host } = bench();
    const run = await host.run(sketch({ a: sleepFor(30 * 86_400_000), b: pass }, ['a -> b']));
    expect(run.final).toMatchObject({ status: 'success', at: START_MS + 30 * 86_400_000 });
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

/** A history that breaks a promise must be told from one that keeps it: a checker that says nothing proves nothing. */
describe('checkers', () => {
  const broken: Record<string, (history: History) => boolean> = {
    P1: (history) => {
      const [first] = history.acknowledged;
      if (first) first.run = 'r9-9';
      return first !== undefined;
    },
    P2: (history) => {
      const ran = history.executed.find(({ stale }) => !stale);
      if (ran) history.executed.push({ ...ran, serial: 1_000_000 });
      return (
        ran !== undefined &&
        history.commits.some(({ records }) =>
          records.some(({ event }) => event.t === 'step' && ran.stepKey.includes(`:${event.n}:`)),
        )
      );
    },
    P3: (history) => {
      const [first] = history.performed;
      if (first) history.performed.push({ ...first, order: { ...first.order, key: 'another' } });
      return first !== undefined;
    },
    P4: (history) => {
      const unsafe = history.performed.find(({ order }) => order.effect.class === 'unsafe');
      if (unsafe) history.performed.push({ ...unsafe, serial: 1_000_000 });
      return unsafe !== undefined;
    },
    P5: (history) => {
      const last = history.commits.at(-1);
      if (last) last.epoch = -1;
      return last !== undefined;
    },
    P6: (history) => {
      for (const { records } of history.commits) {
        for (const record of records) {
          if (record.event.t === 'wake' && record.event.wake.kind === 'timer') {
            record.at -= 1e12;
            return true;
          }
        }
      }
      return false;
    },
    P7: (history) => {
      const ran = history.executed.find(
        ({ stepKey, stale }) =>
          !stale && history.commits.some(({ records }) => stepKey.startsWith(`${records[0]?.run}:`)),
      );
      if (ran) ran.version = 'v9';
      return ran !== undefined;
    },
    P8: (history) => {
      for (const { records } of history.commits) {
        const end = records.find(({ event }) => event.t === 'end' && event.status === 'canceled');
        const order = history.performed.find(({ order: { run } }) => run === end?.run);
        if (!end || !order) continue;
        history.performed.push({ ...order, stale: false, serial: 1_000_000 });
        return true;
      }
      return false;
    },
    P9: (history) => {
      for (const { records } of history.commits) {
        for (const { event } of records) {
          if (event.t !== 'start' || !event.hold || event.hold.by !== 'concurrency') continue;
          Reflect.deleteProperty(event, 'hold');
          return true;
        }
      }
      return false;
    },
    P10: (history) => {
      for (const { records } of history.commits) {
        const index = records.findIndex(
          ({ event }) => event.t === 'step' && event.n !== 'start' && event.out?.some((items) => items && 'j' in items),
        );
        const event = records[index]?.event;
        if (event?.t !== 'step') continue;
        event.out = [[{ json: { n: 4711 } }]];
        return true;
      }
      return false;
    },
  };

  for (const [promise, check] of Object.entries(PROMISES)) {
    it(`[${promise}] its checker notices when it is broken`, ({ expect }) => {
      let tried = 0;
      for (let seed = 0; seed < 400 && tried < 3; seed++) {
        const { history, violations } = simulate(generate(seed));
        expect(violations).toEqual([]);
        if (history.reruns.length > 0 || !broken[promise]?.(history)) continue;
        tried++;
        expect(check(history), `seed ${seed}`).toBeDefined();
      }
      expect(tried).toBe(3);
    });
  }
});
