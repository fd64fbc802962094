import { describe, it } from 'vitest';
import { evaluate } from '../../../core/expression/testing.ts';

describe('[EXP10] regular expressions mean what JavaScript means', () => {
  const SPACES = [
    '\t',
    '\n',
    '\u000b',
    '\f',
    '\r',
    ' ',
    '\u00a0',
    '\u1680',
    '\u2009',
    '\u2028',
    '\u202f',
    '\u3000',
    '\ufeff',
  ];

  it.for(SPACES)('white space %j, as an escape and in classes', (space, { expect }) => {
    const text = JSON.stringify(`a${space}b`);
    for (const regex of ['/\\s/', '/[\\s]/', '/[^\\S]/', '/a\\Sb/', '/[\\S]b$/', '/^[^\\s]+$/', '/\\\\s/']) {
      const code = `${regex}.test(${text})`;
      // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- a literal of this file, to compare with
      expect([code, evaluate(code)]).toEqual([code, new Function(`return ${code}`)()]);
    }
  });

  it('a dot stops at every line end, outside a class and without the flag s', ({ expect }) => {
    expect(evaluate('["a\\nb", "a\\rb", "a\\u2028b", "a.b"].map((text) => /a.b/.test(text))')).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(evaluate('["a\\rb", "a.b"].map((text) => /a[.]b/.test(text))')).toEqual([false, true]);
    expect(evaluate('["a\\rb"].map((text) => /a.b/s.test(text))')).toEqual([true]);
    expect(evaluate('"a.b".replace(/\\./, "-")')).toBe('a-b');
  });

  it('with the flag m a CRLF text still splits into lines', ({ expect }) => {
    expect(evaluate('"a\\r\\nb".match(/^(.*)$/gm).map((line) => line.trim())')).toEqual(['a', 'b']);
  });
});
