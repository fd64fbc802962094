import { describe, it } from 'vitest';
import { compileTemplate, ExpressionError } from '../../../core/expression/index.ts';
import { testScope } from '../../../core/expression/testing.ts';

/** A tenth of what one evaluation has, and the CPU it may take; on a machine that is busy. */
const STEPS = 100_000;
const MAX_CPU_MS = 1_000;

function outcome(code: string): { code: string; cpuMs: number; value?: unknown } {
  const before = process.cpuUsage();
  const spent = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  try {
    return {
      value: compileTemplate(`={{ ${code} }}`).at({ ...testScope({ json: [{}] }), budget: { fuel: STEPS } }),
      code: 'value',
      cpuMs: spent(),
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { code: error.code, cpuMs: spent() };
  }
}

describe('[EXP23] library calls cost what they take', () => {
  // Found by fuzzing: with one step a call, a million steps of these took 4 to 93 seconds of CPU.
  it.for([
    '$now',
    '$now.toFormat("yyyy LLL dd HH:mm ZZZZ")',
    '$now.diffTo($today)',
    '$now.toRelative()',
    'new Date().toLocaleString("de")',
    '(1234.5).format()',
    'DateTime.fromFormat("2024 Jan 01", "yyyy LLL dd")',
    'try { throw 1 } catch (e) {}',
  ])('an endless loop over %s ends as a limit in good time', (call, { expect }) => {
    const { code, cpuMs } = outcome(`(() => { while (true) { ${call}; } })()`);
    expect(code).toBe('limit');
    expect(cpuMs).toBeLessThan(MAX_CPU_MS);
  });

  // A few characters, three steps, and minutes in the host's backtracking engine.
  it.for([
    'DateTime.fromFormat("/".repeat(120) + "1", "z/z/z/z/z/z").isValid',
    'DateTime.fromFormat("1".repeat(60) + "x", "hm".repeat(20)).isValid',
    '("/".repeat(120) + "1").toDateTime("z/z/z/z/z/z")',
  ])('%s is refused before the host matches it', (code, { expect }) => {
    const done = outcome(code);
    expect(done.code).toBe('argument');
    expect(done.cpuMs).toBeLessThan(500);
  });

  it('date formats in use are still read', ({ expect }) => {
    for (const [text, format, iso] of [
      ['3.4.2024 7:05:09', 'd.M.yyyy H:mm:ss', '2024-04-03T07:05:09.000-04:00'],
      ['Jan 05, 2024 1:30 PM Europe/Berlin', 'LLL dd, yyyy h:mm a z', '2024-01-05T07:30:00.000-05:00'],
      ['2024-02-03T04:05:06.789+02:00', "yyyy-MM-dd'T'HH:mm:ss.SSSZZ", '2024-02-02T21:05:06.789-05:00'],
    ]) {
      expect(outcome(`DateTime.fromFormat("${text}", "${format}").toISO()`).value).toBe(iso);
    }
  });

  it('btoa refuses what has no byte instead of cutting it', ({ expect }) => {
    expect(outcome('btoa("😀")')).toMatchObject({ code: 'value', value: undefined });
    expect(outcome('btoa("ÿ")').value).toBe('/w==');
  });
});
