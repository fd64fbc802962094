import { describe, it } from 'vitest';
import { seededRandom } from '../engine/random.ts';
import { isJsonWithin } from './json-scan.ts';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const VALID = [
  ['0', '-0', '10', '-1.5', '1e5', '1E+5', '1.25e-7', '123456789012345678901234567890', '1e999'],
  [
    'true',
    'false',
    'null',
    '""',
    '"a"',
    String.raw`"\"\\\/\b\f\n\r\t\u00e9\uD83D"`,
    '"\u007f\u2028"',
    '"\ud800"',
    '"grün 🟢"',
  ],
  ['[]', '{}', '[ ]', '{ }', '[[],{}]', '[1,2 , 3]', '{"a":1}', ' { "a" : [ 1 , { "b" : null } ] , "" : "" } '],
  ['\t\n\r 1 \t\n\r', '{"a":1,"a":2}', '{"__proto__":{"a":1}}', '[[[[1]]],2]', '[{"a":[]},[{}]]'],
].flat();
const INVALID = [
  [
    '',
    ' ',
    '\u0000',
    '\ufeff1',
    '\u00a01',
    '01',
    '-',
    '-a',
    '+1',
    '.5',
    '1.',
    '1.e5',
    '1e',
    '1e+',
    '0x1',
    'NaN',
    '1 2',
    '--1',
    '00',
  ],
  [
    'tru',
    'truee',
    'True',
    'nul',
    'nulll',
    'fals',
    'undefined',
    "'a'",
    '"',
    '"a',
    '"\n"',
    '"\u0000"',
    '"\u001f"',
    '"\\"',
    '"\\x"',
  ],
  [
    String.raw`"\u12"`,
    String.raw`"\u12g4"`,
    String.raw`"\u"`,
    '"\\',
    '"a"b',
    '[',
    ']',
    '[1',
    '[1,',
    '[1,]',
    '[,1]',
    '[1 2]',
    '[1}',
    '{1]',
  ],
  [
    '{',
    '}',
    '{"a"',
    '{"a":',
    '{"a":}',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    '{,}',
    '{a:1}',
    '{"a" 1}',
    '{"a":1 "b":2}',
    '{1:1}',
    '{"a":1]',
  ],
  ['[]]', '{}}', '[[]', '{"a":[}', '// x\n1', '/* x */1', '[1]\u0000', '1\u0000', '"\u00e9'],
].flat();

describe('isJsonWithin', () => {
  it('takes what JSON.parse takes', ({ expect }) => {
    for (const text of VALID) expect([text, isJsonWithin(text, 256), parses(text)]).toEqual([text, true, true]);
    for (const text of INVALID) expect([text, isJsonWithin(text, 256), parses(text)]).toEqual([text, false, false]);
  });

  it('says of every text what JSON.parse says, also of cut, joined and broken ones', ({ expect }) => {
    const random = seededRandom(7);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const parts = [...VALID, ...INVALID, ...'{}[]:,"\\ \n019.-+eEutfn\u0001é🟢'];
    let valid = 0;
    for (let round = 0; round < 40_000; round++) {
      let text = pick(VALID);
      if (random() < 0.5) text = pick([`[${text},${pick(VALID)}]`, `{"k":${text},"${round}":${pick(VALID)}}`]);
      for (let edits = Math.floor(random() * 3); edits > 0; edits--) {
        const at = Math.floor(random() * (text.length + 1));
        text = text.slice(0, at) + pick([pick(parts), '']) + text.slice(at + Math.floor(random() * 3));
      }
      const wanted = parses(text);
      if (wanted) valid++;
      if (isJsonWithin(text, 256) !== wanted) expect([text, wanted]).toEqual('the same');
    }
    expect(valid).toBeGreaterThan(10_000);
    expect(valid).toBeLessThan(30_000);
  });

  it('counts levels of lists and objects', ({ expect }) => {
    const deep = (levels: number): string => '[{"a":'.repeat(levels / 2) + '1' + '}]'.repeat(levels / 2);
    for (const [levels, limit] of [
      [2, 2],
      [256, 256],
      [10_000, 10_000],
    ] as const) {
      expect(isJsonWithin(deep(levels), limit)).toBe(true);
      expect(isJsonWithin(deep(levels), limit - 1)).toBe(false);
    }
    expect(isJsonWithin(`[${'[],{},'.repeat(1_000)}1]`, 2)).toBe(true);
    expect(isJsonWithin('[]', 0)).toBe(false);
    expect(isJsonWithin('1', 0)).toBe(true);
  });

  it('reads nothing of an earlier, longer text', ({ expect }) => {
    isJsonWithin('[true,"xxxxxxxxxxxxxxxx",1234567890]', 9);
    const cut = ['[t', '[tru', '[true', '"', '"x', '[1', '"\\', '"\\u00'];
    expect(cut.filter((text) => isJsonWithin(text, 9))).toEqual([]);
  });

  it('takes texts of any length', ({ expect }) => {
    const long = JSON.stringify({ pad: 'ä🟢'.repeat(500_000), list: Array.from({ length: 10_000 }, (_, n) => n / 3) });
    expect(isJsonWithin(long, 2)).toBe(true);
    expect(isJsonWithin(long.slice(0, -1), 2)).toBe(false);
  });
});
