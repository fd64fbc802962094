import { describe, it } from 'vitest';
import type { JsonObject } from './item.ts';
import { plain } from './plain.ts';

describe('plain', () => {
  it('gives every object a prototype, at any depth, and keeps hostile names as own keys', ({ expect }) => {
    const bare = Object.assign(Object.create(null) as JsonObject, JSON.parse('{"__proto__":{"a":1},"constructor":2}'));
    const made = plain({ list: [1, [bare]] }) as { list: [number, [JsonObject]] };
    const [inner] = made.list[1];
    expect(Object.getPrototypeOf(inner)).toBe(Object.prototype);
    expect(Object.keys(inner).sort()).toEqual(['__proto__', 'constructor']);
    expect(({} as JsonObject)['a']).toBeUndefined();
    expect(structuredClone(made)).toEqual(made);
  });

  it('shares what needs no change', ({ expect }) => {
    const value = { a: [{ b: null }], c: 'x' };
    expect(plain(value)).toBe(value);
  });
});
