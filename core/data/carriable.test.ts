import { describe, it } from 'vitest';
import { carriable } from './carriable.ts';
import type { Json, JsonObject } from './item.ts';

const bare = (entries: Record<string, Json>): JsonObject => Object.assign(Object.create(null) as JsonObject, entries);
const hostile = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as JsonObject;

describe('carriable', () => {
  it('gives back what is plain already', ({ expect }) => {
    for (const value of [null, 1, 'a', [1, { b: [2] }], { a: { b: null } }, hostile]) {
      expect(carriable(value as Json)).toBe(value);
    }
  });

  it('gives every object its prototype, in the order it had, and changes nothing', ({ expect }) => {
    const value: JsonObject = { first: 1, list: [bare({ a: 1 }), 2], last: { deep: bare({ b: bare({}) }) } };
    const copy = carriable(value);
    expect(copy).toEqual({ first: 1, list: [{ a: 1 }, 2], last: { deep: { b: {} } } });
    expect(Object.keys(copy)).toEqual(['first', 'list', 'last']);
    const found: unknown[] = [];
    JSON.stringify(copy, (_, each: unknown) => {
      if (typeof each === 'object' && each !== null) found.push(Object.getPrototypeOf(each));
      return each;
    });
    expect(new Set(found)).toEqual(new Set([Object.prototype, Array.prototype]));
    expect(Object.getPrototypeOf((value['list'] as Json[])[0])).toBe(null);
  });

  it('keeps hostile names as data', ({ expect }) => {
    const value = bare({});
    Object.defineProperty(value, '__proto__', { value: bare({ a: 1 }), enumerable: true });
    const copy = carriable(value);
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"a":1}}');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });
});
