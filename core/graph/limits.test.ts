import { describe, it } from 'vitest';
import { checkJsonLimits, type JsonLimits } from './limits.ts';

const limits: JsonLimits = { maxDepth: 3, maxKeys: 10, maxStringLength: 10 };

describe('checkJsonLimits', () => {
  it('[DOC17] passes what is within the limits', ({ expect }) => {
    for (const value of [null, 1, 'abcde', [], { a: [{}] }, [1, [2, [3]]], { a: undefined }, Object.create(null)]) {
      expect(checkJsonLimits(value, limits)).toBeUndefined();
    }
  });

  it('[DOC17] names the place of a breach', ({ expect }) => {
    const cases: [unknown, string, string][] = [
      [{ a: [{ b: {} }] }, 'too-deep', '/a/0/b'],
      ['abcdefghijk', 'string-too-long', ''],
      [{ ok: 1, 'a/b': ['x', 'abcdefghijk'] }, 'string-too-long', '/a~1b/1'],
      [{ abcdefghijk: 1 }, 'string-too-long', '/abcdefghijk'],
      [Array.from({ length: 11 }, () => 1), 'too-many-keys', ''],
      [{ a: [1, 2, 3, 4, 5], b: [1, 2, 3, 4] }, 'too-many-keys', '/b'],
      [{ a: NaN }, 'not-json', '/a'],
      [[1, () => 1], 'not-json', '/1'],
      [{ a: new Date(0) }, 'not-json', '/a'],
      [JSON.parse('{"__proto__":{"a":"abcdefghijk"}}'), 'string-too-long', '/__proto__/a'],
    ];
    for (const [value, code, path] of cases) {
      expect(checkJsonLimits(value, limits)).toMatchObject({ code, path, severity: 'error' });
    }
  });

  it('[DOC17] survives any depth and a list of four billion holes', ({ expect }) => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(checkJsonLimits(deep, limits)).toMatchObject({ code: 'too-deep' });
    expect(checkJsonLimits(deep, { ...limits, maxDepth: 200_000, maxKeys: 200_000 })).toBeUndefined();
    const holes: unknown[] = [];
    holes.length = 2 ** 32 - 1;
    expect(checkJsonLimits(holes, limits)).toMatchObject({ code: 'too-many-keys' });
  });
});
