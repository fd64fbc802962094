import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import { jsonOf, outputsOf } from '../testing.ts';
import { node } from './index.ts';

const assign = (...assignments: [name: string, type: string, value: Json][]): JsonObject => ({
  assignments: { assignments: assignments.map(([name, type, value]) => ({ name, type, value })) },
});
const one = (parameters: JsonObject, json: JsonObject = {}, version = 3.4): JsonObject | undefined =>
  jsonOf(node, { parameters, version, items: [json] })[0]?.[0];

describe('set', () => {
  it('[SET1] values become their types', ({ expect }) => {
    const made = one(
      assign(
        ['n', 'number', '={{ "4" }}'],
        ['s', 'string', '={{ $json.list }}'],
        ['b', 'boolean', 'TRUE'],
        ['a', 'array', "['x']"],
        ['o', 'object', '{a: 1}'],
      ),
      { list: [1, 2] },
    );
    expect(made).toEqual({ n: 4, s: '[1,2]', b: true, a: ['x'], o: { a: 1 } });
  });

  it('[SET1] null and undefined are written as null', ({ expect }) => {
    expect(one(assign(['a', 'string', '={{ $json.nothing }}'], ['b', 'number', '={{ null }}']))).toEqual({
      a: null,
      b: null,
    });
  });

  it('[SET1] what does not convert fails, or is kept', ({ expect }) => {
    const parameters = assign(['age', 'number', 'old']);
    expect(() => one(parameters)).toThrow("'age' expects a number but we got 'old' [item 0]");
    expect(one({ ...parameters, options: { ignoreConversionErrors: true } })).toEqual({ age: 'old' });
  });

  it('[NOD4] a failing item becomes an error item, the others go on', ({ expect }) => {
    const parameters = assign(['n', 'number', '={{ $json.v }}']);
    const made = jsonOf(node, { parameters, items: [{ v: 'x' }, { v: '2' }], continueOnFail: true });
    expect(made).toEqual([[{ error: "'n' expects a number but we got 'x' [item 0]" }, { n: 2 }]]);
  });

  it('[SET2] keeps other fields as told', ({ expect }) => {
    const input = { a: 1, b: { c: 2, d: 3 } };
    const base = { ...assign(['x', 'string', 'y']), includeOtherFields: true };
    expect(one(assign(['x', 'string', 'y']), input)).toEqual({ x: 'y' });
    expect(one(base, input)).toEqual({ ...input, x: 'y' });
    expect(one({ ...base, include: 'selected', includeFields: 'a, b.c' }, input)).toEqual({
      a: 1,
      b: { c: 2 },
      x: 'y',
    });
    expect(one({ ...base, include: 'except', excludeFields: 'a,b.d' }, input)).toEqual({ b: { c: 2 }, x: 'y' });
    const older = { fields: { values: [{ name: 'x', stringValue: 'y' }] } };
    expect(one(older, input, 3.2)).toEqual({ ...input, x: 'y' });
    expect(one({ ...older, include: 'none' }, input, 3.2)).toEqual({ x: 'y' });
  });

  it('[NOD1] never changes its input', ({ expect }) => {
    const input = { deep: { list: [{ a: 1 }] } };
    expect(one({ ...assign(['deep.list[0].a', 'number', 2]), includeOtherFields: true }, input)).toEqual({
      deep: { list: [{ a: 2 }] },
    });
    expect(input).toEqual({ deep: { list: [{ a: 1 }] } });
  });

  it('[SET3] dots are paths unless turned off', ({ expect }) => {
    expect(one(assign(['a.b', 'string', 'x']))).toEqual({ a: { b: 'x' } });
    expect(one({ ...assign(['a.b', 'string', 'x']), options: { dotNotation: false } })).toEqual({ 'a.b': 'x' });
    expect(one(assign(['={{ $json.name }}', 'string', 'x']), { name: 'p.q' })).toEqual({ p: { q: 'x' } });
  });

  it('[NOD2] hostile names are plain keys', ({ expect }) => {
    const made = one(
      assign(['__proto__', 'object', '{"polluted": true}'], ['constructor.prototype.polluted', 'string', 'x']),
    );
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(Object.keys(made ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as JsonObject).polluted).toBeUndefined();
  });

  it('[SET4] JSON mode: objects in text stand for their JSON', ({ expect }) => {
    const raw = (jsonOutput: Json): JsonObject => ({ mode: 'raw', jsonOutput });
    expect(one(raw('{"a": 1}'))).toEqual({ a: 1 });
    expect(
      one(raw('={"n": {{ $json.n }}, "o": {{ $json.o }}, "t": "{{ $json.t }}"}'), { n: 1, o: { p: [2] }, t: 'x' }),
    ).toEqual({ n: 1, o: { p: [2] }, t: 'x' });
    expect(one(raw('={{ $json }}'), { n: 1 })).toEqual({ n: 1 });
    expect(one(raw('={{ JSON.stringify($json) }}'), { n: 1 })).toEqual({ n: 1 });
    expect(one(raw({ a: '={{ $json.n }}' }), { n: 1 })).toEqual({ a: 1 });
    expect(() => one(raw('=[{{ $json.n }}]'), { n: 1 })).toThrow("The 'JSON' of item 0 is not a JSON object.");
    expect(one({ ...raw('{"a": 1}'), includeOtherFields: true }, { b: 2 })).toEqual({ b: 2, a: 1 });
  });

  it('[SET5] first versions: order, default name, untyped values', ({ expect }) => {
    const values = {
      string: [{ name: 's', value: '={{ $json.n }}' }, { value: 'v' }],
      number: [{ name: 'n', value: '={{ "7" }}' }, { name: 'zero' }],
      boolean: [{ name: 'b' }],
    };
    expect(Object.entries(one({ values, keepOnlySet: true }, { n: 3 }, 1) ?? {})).toEqual([
      ['b', false],
      ['n', '7'],
      ['zero', 0],
      ['s', 3],
      ['propertyName', 'v'],
    ]);
    expect(one({ values, keepOnlySet: true }, { n: 3 }, 2)?.n).toBe(7);
    expect(one({ values: { string: [{ name: 's', value: '={{ null }}' }] } }, { k: 1 }, 2)).toEqual({ k: 1, s: null });
  });

  it('[SET6] copies only in manual runs', ({ expect }) => {
    const parameters = { ...assign(['a', 'number', 1]), duplicateItem: true, duplicateCount: 2 };
    expect(jsonOf(node, { parameters, items: [{}] })[0]).toHaveLength(1);
    expect(jsonOf(node, { parameters, items: [{}, {}], mode: 'manual' })[0]).toHaveLength(6);
  });

  it('[SET2] files stay with other fields', ({ expect }) => {
    const inputs = [[{ json: {}, binary: { f: { mimeType: 'a/b', id: '1' } } }]];
    const kept = (parameters: JsonObject): boolean =>
      outputsOf(node, { parameters, inputs })[0]?.[0]?.binary !== undefined;
    expect(kept(assign(['a', 'number', 1]))).toBe(false);
    expect(kept({ ...assign(['a', 'number', 1]), includeOtherFields: true })).toBe(true);
    expect(kept({ ...assign(['a', 'number', 1]), includeOtherFields: true, options: { stripBinary: true } })).toBe(
      false,
    );
  });
});
