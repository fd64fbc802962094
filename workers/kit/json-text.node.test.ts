import { describe, it } from 'vitest';
import { faultInJson } from './json-text.ts';
import type { JsonRules } from './json-text.ts';

const RULES: JsonRules = { maxDepth: 256, duplicateKeys: 'refused' };

const VALID = [
  'null',
  ' true ',
  '-0.5e+10',
  '0',
  '"a\\u00e9\\n"',
  '[]',
  '{}',
  '[1,[2,{"a":[]}]]',
  '{"a":1,"b":{"a":1}}',
  '\n[ 1 ,\t2 ]\r\n',
  '{"":""}',
  '"\\ud800"',
];
const INVALID: [text: string, line: number, column: number][] = [
  ['', 1, 1],
  ['tru', 1, 1],
  ['01', 1, 2],
  ['1.', 1, 2],
  ['+1', 1, 1],
  ["'a'", 1, 1],
  ['"a', 1, 1],
  ['"\t"', 1, 1],
  ['"\\x"', 1, 1],
  ['[1,]', 1, 4],
  ['[1 2]', 1, 4],
  ['{"a":1,}', 1, 8],
  ['{a:1}', 1, 2],
  ['{"a" 1}', 1, 6],
  ['{"a":}', 1, 6],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
  ['[1]]', 1, 4],
  ['[1}', 1, 3],
  ['NaN', 1, 1],
  ['[1] // x', 1, 5],
  ['\u00a0[1]', 1, 1],
];

describe('JSON text', () => {
  it('agrees with the parser on what is JSON', ({ expect }) => {
    for (const text of VALID) {
      expect(() => JSON.parse(text), text).not.toThrow();
      expect(faultInJson(text, RULES), text).toBeUndefined();
    }
    for (const [text] of INVALID) expect(() => JSON.parse(text), text).toThrow();
  });

  it('[API6] says where it goes wrong', ({ expect }) => {
    for (const [text, line, column] of INVALID) {
      expect(faultInJson(text, RULES), JSON.stringify(text)).toMatchObject({ code: 'json-invalid', line, column });
    }
  });

  it('[API6] judges depth without recursion', ({ expect }) => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(faultInJson(nested(256), RULES)).toBeUndefined();
    for (const depth of [257, 1_000, 100_000, 5_000_000]) {
      expect(faultInJson(nested(depth), RULES)).toMatchObject({ code: 'json-too-deep', column: 257 });
      expect(faultInJson('{"a":'.repeat(depth), RULES)).toMatchObject({ code: 'json-too-deep' });
    }
  });

  it('[API7] finds a key that appears twice, whatever its name and spelling', ({ expect }) => {
    expect(faultInJson('{"a":[{"b":1,"b":2}]}', RULES)).toMatchObject({
      code: 'json-duplicate-key',
      pointer: '/a/0/b',
      column: 14,
    });
    expect(faultInJson('{"__proto__":1,"__proto__":2}', RULES)?.code).toBe('json-duplicate-key');
    expect(faultInJson('{"a/b":1,"\\u0061/b":2}', RULES)).toMatchObject({ pointer: '/a~1b' });
    expect(faultInJson('{"a":1,"a":2}', { ...RULES, duplicateKeys: 'last-wins' })).toBeUndefined();
    expect(faultInJson('[{"a":1},{"a":2}]', RULES)).toBeUndefined();
  });

  it('reads strings of megabytes', ({ expect }) => {
    expect(faultInJson(`["${'x'.repeat(9_000_000)}"]`, RULES)).toBeUndefined();
    expect(faultInJson(`["${'\\u00e9'.repeat(1_000_000)}"]`, RULES)).toBeUndefined();
  });
});
