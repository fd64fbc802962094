import { describe, it } from 'vitest';
import type { JsonObject } from './item.ts';
import { MAX_CREATED_INDEX, deletePath, fieldPath, fieldReader, getPath, parsePath, setPath } from './path.ts';

const set = (json: JsonObject, name: string, value: JsonObject[string]): JsonObject => {
  const copy = { ...json };
  setPath(copy, fieldPath(name)(copy), value);
  return copy;
};

describe('paths', () => {
  it('[PTH1] parses dots, indexes and quotes', ({ expect }) => {
    expect(parsePath('a.b[0].c')).toEqual(['a', 'b', '0', 'c']);
    expect(parsePath(`a["x.y"]['it\\'s'].z`)).toEqual(['a', 'x.y', "it's", 'z']);
    expect(parsePath('')).toEqual(['']);
    expect(parsePath("['What (exactly)?']")).toEqual(['What (exactly)?']);
  });

  it('[PTH1] reads own properties only', ({ expect }) => {
    expect(getPath({ a: [{ b: 1 }] }, ['a', '0', 'b'])).toBe(1);
    expect(getPath({ a: 'text' }, ['a', 'length'])).toBeUndefined();
    expect(getPath({ a: [1] }, ['a', 'length'])).toBeUndefined();
    for (const name of ['__proto__', 'constructor', 'constructor.name', 'a.__proto__.toString', 'toString']) {
      expect(fieldReader(name)({ a: {} })).toBeUndefined();
    }
  });

  it('[PTH1] a key that exists as written wins', ({ expect }) => {
    const json = { 'a.b': 1, a: { b: 2 } };
    expect(fieldReader('a.b')(json)).toBe(1);
    expect(fieldReader('a.b')({ a: { b: 2 } })).toBe(2);
    expect(fieldReader('a.b', false)({ a: { b: 2 } })).toBeUndefined();
    expect(set(json, 'a.b', 3)).toEqual({ 'a.b': 3, a: { b: 2 } });
  });

  it('[PTH2] setting copies what is on the way and creates what is missing', ({ expect }) => {
    const json = { a: { list: [1], keep: {} } };
    const made = set(json, 'a.list[2]', 9);
    expect(made).toEqual({ a: { list: [1, null, 9], keep: {} } });
    expect(json).toEqual({ a: { list: [1], keep: {} } });
    expect((made.a as JsonObject).keep).toBe(json.a.keep);
    expect(set({}, 'x[0].y', 1)).toEqual({ x: [{ y: 1 }] });
    expect(set({ a: 5 }, 'a.b', 1)).toEqual({ a: { b: 1 } });
  });

  it('[NOD2] never reaches a prototype', ({ expect }) => {
    const made = set({}, '__proto__.polluted', true);
    expect(Object.keys(made)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(set({}, 'constructor.prototype.polluted', true)).toEqual({ constructor: { prototype: { polluted: true } } });
    expect(({} as JsonObject).polluted).toBeUndefined();
    const copy = { ...made };
    deletePath(copy, ['__proto__', 'polluted']);
    expect(Object.getOwnPropertyDescriptor(copy, '__proto__')?.value).toEqual({});
  });

  it('[PTH2] deleting copies what is on the way', ({ expect }) => {
    const json = { a: { b: 1, c: 2 }, list: [1, 2] };
    const copy: JsonObject = { ...json };
    deletePath(copy, ['a', 'b']);
    deletePath(copy, ['list', '0']);
    deletePath(copy, ['no', 'where']);
    expect(copy).toEqual({ a: { c: 2 }, list: [null, 2] });
    expect(json).toEqual({ a: { b: 1, c: 2 }, list: [1, 2] });
  });

  it('[PTH3] refuses to make giant arrays', ({ expect }) => {
    expect(() => set({}, `a[${MAX_CREATED_INDEX + 1}]`, 1)).toThrow(RangeError);
  });
});
