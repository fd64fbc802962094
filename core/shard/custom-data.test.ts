import { describe, it } from 'vitest';
import { noted } from '../engine/custom-data.ts';
import { replay } from '../engine/replay.ts';
import type { Behaviour } from './testing.ts';
import { bench, effect, out, passOn, sketch } from './testing.ts';

const note = (facts: Record<string, string>): Behaviour => ({
  outputs: 1,
  run: (step) => ({ ...passOn(step), customData: facts }),
});

describe('facts noted about a run', () => {
  it('[SHD24] are the run’s, read by later nodes, and are there after a replay', async ({ expect }) => {
    const { host } = bench();
    const read: Behaviour = { outputs: 1, run: (step) => out([{ json: { ...step.customData } }]) };
    const program = sketch({ a: note({ a: '1', b: '1' }), b: note({ b: '2' }), c: read }, ['a -> b', 'b -> c']);
    const run = await host.run(program);
    expect(run.steps[2]?.outputs[0]?.[0]?.json).toEqual({ a: '1', b: '2' });
    expect(replay(run.id, program, host.journals.get(run.id) ?? []).customData).toEqual({ a: '1', b: '2' });
  });

  it('[SHD24] outlive the attempt that failed', async ({ expect }) => {
    const { host } = bench({
      replies: (_, count) =>
        count === 1
          ? { ok: false, error: { code: 'x', message: 'x', customData: { tries: '1' } } }
          : { ok: true, value: 'done' },
    });
    const run = await host.run(sketch({ a: { does: effect('pure'), retry: { maxTries: 2, waitMs: 10 } } }));
    expect([run.status, run.customData]).toEqual(['success', { tries: '1' }]);
  });

  it('[SHD24] are few and short texts under any name', ({ expect }) => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`k${index}`, index]));
    expect(Object.keys(noted({}, many))).toHaveLength(10);
    const long = noted({}, { ['k'.repeat(99)]: 'v'.repeat(999), list: [1] });
    expect(Object.entries(long).map(([key, value]) => [key.length, String(value).length])).toEqual([[50, 512]]);
    expect(JSON.stringify(noted({}, JSON.parse('{"__proto__":1}')))).toBe('{"__proto__":"1"}');
    expect(noted({ a: '1' }, 'text' as never)).toEqual({ a: '1' });
  });
});
