import { describe, it } from 'vitest';
import { toMoment } from '../../../core/conditions/date.ts';
import { readMoment } from '../../../core/nodes/date-time/moment.ts';
import { bench, json, out, outputsOf, sketch, START_MS } from '../../../core/shard/testing.ts';

describe('dates that nodes read', () => {
  it('[NOD5] take the day a text leaves out from the step, never from the clock of the host', async ({ expect }) => {
    const does = {
      outputs: 1,
      run: () => out(json({ half: toMoment('10:30', 'UTC')?.toISO() ?? null })),
    };
    const run = await bench().host.run(sketch({ s: { does } }, []), {});
    const day = new Date(START_MS).toISOString().slice(0, 10);
    expect(JSON.stringify(outputsOf(run, 's'))).toContain(`${day}T10:30:00.000Z`);
  });

  it('are refused when their format makes the host’s engine backtrack for minutes', ({ expect }) => {
    const startedAt = performance.now();
    for (const [text, format] of [
      [`${'/'.repeat(120)}1`, 'z/z/z/z/z/z'],
      [`${'1'.repeat(60)}x`, 'hm'.repeat(20)],
    ] as const) {
      expect(() => readMoment(text, { zone: 'UTC', format })).toThrow(/too many ways/);
    }
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
