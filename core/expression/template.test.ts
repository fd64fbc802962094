import { describe, it } from 'vitest';
import { compileTemplate, ExpressionError, toJson } from './index.ts';
import { evaluate, testScope } from './testing.ts';

const at = (text: string, json: Record<string, unknown> = {}): unknown =>
  compileTemplate(text).at(testScope({ json: [json as never] }));

const failure = (text: string): ExpressionError => {
  try {
    at(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

describe('templates', () => {
  it('[EXP1] text without = is literal, also with braces', ({ expect }) => {
    const template = compileTemplate('{{ 1 + 1 }}');
    expect(template.constant).toBe(true);
    expect(template.at(testScope())).toBe('{{ 1 + 1 }}');
    expect(at('=plain')).toBe('plain');
    expect(compileTemplate('=plain').constant).toBe(true);
    expect(at('=')).toBe('');
  });

  it('[EXP1] a segment ends at the first }} that is not escaped, or at the end', ({ expect }) => {
    expect(at("={{ '\\}}' }}")).toBe('}}');
    expect(at("={{ 'a' }} {{ 1 + 1")).toBe('a 2');
    expect(at('={{ {a: {b: 1} }.a.b }}x')).toBe('1x');
    expect(at('={{a}}', { a: 1 })).toBeUndefined();
  });

  it('[EXP2] one segment keeps its type, any other text joins', ({ expect }) => {
    expect(at('={{ $json.n }}', { n: 5 })).toBe(5);
    expect(at('= {{ $json.n }}', { n: 5 })).toBe(' 5');
    expect(at('={{ 0 }}{{ false }}{{ null }}{{ undefined }}{{ "" }}{{ NaN }}|')).toBe('0false|');
    expect(at('={{ }}')).toBeUndefined();
    expect(at('=a{{ }}b')).toBe('ab');
  });

  it('[EXP3] lists of simple values join with commas, objects show as JSON', ({ expect }) => {
    expect(at('=x{{ [1, "a"] }}')).toBe('x1,a');
    expect(at('=x{{ {a: 1} }}')).toBe('x{"a":1}');
    expect(at('=x{{ [{a: 1}] }}')).toBe('x[{"a":1}]');
    expect(at('=x{{ $now }}')).toBe('x2026-11-23T03:29:45.724-05:00');
  });

  it('[EXP4] errors of the language give undefined, also inside text', ({ expect }) => {
    expect(at('={{ $json.a.b.c }}')).toBeUndefined();
    expect(at('={{ $json.a.b() }}')).toBeUndefined();
    expect(at('={{ nothing }}')).toBeUndefined();
    expect(at('={{ (() => { throw new Error("x") })() }}')).toBeUndefined();
    expect(at('={{ (5).toFixed(1000) }}')).toBeUndefined();
    expect(at('=a {{ $json.a.b.c }} b')).toBe('a  b');
  });

  it('[EXP5] a mistake in the text is thrown when evaluated, with its position', ({ expect }) => {
    expect(failure('=ab {{ 1 + }}')).toMatchObject({ code: 'syntax', position: 11 });
    expect(failure('={{ class A {} }}')).toMatchObject({ code: 'unsupported' });
    expect(failure('={{ {a: } }}').code).toBe('syntax');
    expect(failure(`={{ ${'('.repeat(100_000)} }}`).code).toBe('limit');
    expect(failure(`={{ ${'1+'.repeat(90_000)}1 }}`).code).toBe('limit');
  });

  it('[EXP6] braces are an object, statements give their last value, functions are refused', ({ expect }) => {
    expect(at('={{ {a: 1} }}')).toEqual({ a: 1 });
    expect(at('={{ {a: 1}; }}')).toEqual({ a: 1 });
    expect(at('={{ const a = 2; a * 3 }}')).toBe(6);
    expect(failure('={{ () => 1 }}').code).toBe('function-result');
    expect(failure('={{ Math.max }}').code).toBe('function-result');
    expect(failure('={{ "a".trim }}').code).toBe('function-result');
  });

  it('[EXP7] clock, randomness, zone and locale are the scope’s', ({ expect }) => {
    expect(evaluate('Date.now()')).toBe(1795422585724);
    expect(evaluate('new Date().getTime() === $now.toMillis()')).toBe(true);
    expect(evaluate('Math.random()')).toBe(0.25);
    expect(evaluate('$now.zoneName', { zone: 'Europe/Berlin' })).toBe('Europe/Berlin');
    expect(evaluate('$today.toISO()')).toBe('2026-11-23T00:00:00.000-05:00');
    expect(evaluate('new Date("2024-03-30T18:49").toISOString()')).toBe('2024-03-30T18:49:00.000Z');
    expect(evaluate('new Date("Oct 21, 2015 07:28").getHours()')).toBe(7);
    expect(evaluate('(1234.5).toLocaleString()')).toBe('1,234.5');
    expect(evaluate('DateTime.fromISO("2024-01-01").toFormat("cccc")')).toBe('Monday');
  });
});

describe('toJson', () => {
  it('[EXP25] makes JSON of every value of the language', ({ expect }) => {
    expect(
      toJson(evaluate('({a: undefined, f: () => 1, d: new Date(0), n: NaN, l: [undefined, () => 1], t: $now})')),
    ).toEqual({
      d: '1970-01-01T00:00:00.000Z',
      n: null,
      l: [null, null],
      t: '2026-11-23T03:29:45.724-05:00',
    });
    expect(toJson(undefined)).toBeUndefined();
    expect(toJson(evaluate('/x/g'))).toEqual({});
  });

  it('[EXP25] gives back data that is already JSON, keeps __proto__ fields', ({ expect }) => {
    const data = JSON.parse('{"a":[1,{"b":null}],"__proto__":{"x":1}}') as object;
    expect(toJson(data)).toBe(data);
    const changed = toJson({ ...data, ['__proto__']: 1, when: new Date(0) });
    expect(Object.keys(changed as object)).toContain('when');
    expect(JSON.stringify(toJson(JSON.parse('{"__proto__":{"x":1}}')))).toBe('{"__proto__":{"x":1}}');
  });

  it('[EXP25] refuses cycles and what is too deep or too large', ({ expect }) => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => toJson(cycle)).toThrow(ExpressionError);
    let wide: unknown = [1];
    for (let i = 0; i < 40; i++) wide = [wide, wide];
    expect(() => toJson(wide)).toThrow(ExpressionError);
  });
});
