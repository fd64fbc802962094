import fc from 'fast-check';
import { describe, it } from 'vitest';
import { ExpressionError } from '../../error.ts';
import { Runtime } from '../../runtime.ts';
import { compileTemplate } from '../../template.ts';
import { evaluate, testScope } from '../../testing.ts';
import { backtrackingEngine } from '../engine.ts';

/** Every construct; each is compared with the host's engine on texts made to nearly match. */
const PATTERNS: [source: string, flags: string][] = [
  ['(\\d+)(?=[MHS])', ''], ['\\B(?=(\\d{3})+(?!\\d))', ''], ['(a)\\1', ''], ['(?<q>["\'])(.*?)\\k<q>', ''], ['^(?!.*b).*$', 'm'], ['(?<=a)b(?=c)', ''],
  ['(?<!a)b', ''], ['(a|ab)(c|bcd)(d*)', ''], ['(?:a*)*b', ''], ['(a*)+', ''], ['(?:(a)|(b)|c)*', ''], ['(z)((a+)?(b+)?(c))*', ''], ['a{2,3}?b', ''],
  ['a{2}', ''], ['a{2,}', ''], ['[^a-c]+', 'i'], ['[\\w.-]+@[\\w-]+', ''], ['\\bab\\b', ''], ['\\Bb', ''], ['^a$', 'm'], ['.', 's'], ['.+', ''], ['[\\s\\S]b', ''],
  ['A(?=B)', 'i'], ['(a)\\1', 'i'], ['\\x61\\u0062', ''], ['[a\\-c]', ''], ['[\\]a]', ''], ['a|b|', ''], ['()', ''], ['(?:)', ''], ['(?=(a+))a*b\\1', ''], ['(a+?)(?=b)', ''],
  ['(?=a)(?=ab)', ''], ['(?!(a)b)a\\1', ''], ['\\n|\\t', ''], ['[\\d-x]', ''], ['(?:ab){1,2}(?!c)', ''], ['^\\s+|\\s+$', ''], ['(\\w)(\\w)\\2\\1', ''], ['[^]', ''], ['\\/\\.\\*', ''],
  ['(?:(?=a)a)+', ''], ['(?<x>a)(?<y>b)\\k<y>\\k<x>', ''], ['(?:a|(?=b))b', ''], ['[a-c]{0}d', ''], ['é|[à-ü]', 'i'], ['(?<=(\\d))x', ''],
]; // prettier-ignore

const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aabbcdAB12xMH "\'\n\t.-@/*zéÀ'.split('')), maxLength: 14 }),
  fc.constantFrom(
    'aaab',
    'abcd',
    'zaacbbbcac',
    '1234567',
    'PT15M33S',
    '"a\'b"',
    'abba',
    'a\nb\na',
    '  a  ',
    'aAbB',
    '',
  ),
);

describe('backtracking', () => {
  for (const [source, flags] of PATTERNS) {
    it(`[EXP10] /${source}/${flags} finds what JavaScript finds`, ({ expect }) => {
      const engine = backtrackingEngine(source, flags);
      const host = new RegExp(source, flags);
      fc.assert(
        fc.property(texts, (text) => {
          const ours = engine.search(new Runtime(testScope(), 0, false, compileTemplate), text)(0);
          const theirs = host.exec(text);
          expect(ours?.groups ?? null).toEqual(theirs ? [...theirs] : null);
          expect(ours?.index).toBe(theirs?.index);
          expect(Object.fromEntries(ours?.named ?? [])).toEqual({ ...theirs?.groups });
        }),
        { numRuns: 150 },
      );
    });
  }

  for (const [source, flags] of [
    ['(', ''],
    ['a)', ''],
    ['[a', ''],
    ['*a', ''],
    ['a**', ''],
    ['a{3,1}', ''],
    ['\\2(a)', ''],
    ['\\k<n>', ''],
    ['(?<n>a)(?<n>b)', ''],
    ['[b-a]', ''],
    ['(?i:a)', ''],
    ['\\p{L}', 'u'],
    [`${'('.repeat(60)}${')'.repeat(60)}`, ''],
    ['a'.repeat(3_000), ''],
    ['a{99999}', ''],
    ['\\', ''],
  ] as const) {
    // prettier-ignore
    it(`[EXP10] /${source.slice(0, 20)}/ is not read`, ({ expect }) => {
      expect(() => backtrackingEngine(source, flags)).toThrow();
    });
  }

  it('[EXP10] expressions look ahead and refer back', ({ expect }) => {
    expect(evaluate('"PT1H15M33S".match(/(\\d+)(?=[MHS])/g)')).toEqual(['1', '15', '33']);
    expect(evaluate('"1234567.891".replace(/\\B(?=(\\d{3})+(?!\\d))/g, ",")')).toBe('1,234,567.891');
    expect(evaluate('"helloWorldAgain".split(/(?=[A-Z])/)')).toEqual(['hello', 'World', 'Again']);
    expect(evaluate('"say \'hi\' and \\"bye\\"".match(/([\'"])(.*?)\\1/)[2]')).toBe('hi');
    expect(evaluate('/^(?=.*\\d)(?=.*[a-z]).{4,}$/.test("abc1")')).toBe(true);
    expect(evaluate('new RegExp("(?=b)").exec("ab").index')).toBe(1);
    expect(() => evaluate('/(?=/.test("a")')).toThrow(ExpressionError);
  });

  const CATASTROPHES = [
    ['(?=x?)(a+)+$', 'a'.repeat(40) + '!'],
    ['(?=x?)(a|a)*$', 'a'.repeat(40) + '!'],
    ['(?=x?)(.*)*$', 'a'.repeat(60) + '\n'],
    ['(a*)*\\1b', 'a'.repeat(40)],
    ['(?=x?)^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(60)],
    ['(?=(a+)+b)c', 'a'.repeat(45)],
    ['(?<=(a+)+b)c', 'a'.repeat(45) + 'c'],
    ['(?=x?)(?:a?){30}a{30}', 'a'.repeat(29)],
    ['(?=x?)(?:a|b|ab)*c', 'ab'.repeat(2_000)],
    ['(?!y)[a-z]*\\d', 'a'.repeat(200_000)],
  ] as const;
  for (const [source, text] of CATASTROPHES) {
    it(`[EXP23] /${source}/ on ${text.length} characters ends soon`, ({ expect }) => {
      const before = process.cpuUsage();
      const run = (): unknown => evaluate('new RegExp($json.source).test($json.text)', { json: [{ source, text }] });
      try {
        expect(run()).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionError);
        expect((error as ExpressionError).code).toBe('limit');
      }
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000_000).toBeLessThan(8);
    });
  }
});
