import { describe, it } from 'vitest';
import type { JsonObject } from './item.ts';
import { putLate } from './late-json.ts';

const VALUE = { list: [1, { a: null }], text: 'x' };

function late(): JsonObject {
  const target: JsonObject = { first: 1 };
  putLate(target, 'body', JSON.stringify(VALUE));
  target['last'] = 2;
  return target;
}

describe('a member parsed when it is read', () => {
  it('is like any other to whoever reads, copies or writes it', ({ expect }) => {
    const whole = { first: 1, body: VALUE, last: 2 };
    expect(late()['body']).toEqual(VALUE);
    expect(Object.keys(late())).toEqual(['first', 'body', 'last']);
    expect(Object.hasOwn(late(), 'body')).toBe(true);
    expect(Object.entries(late())).toEqual(Object.entries(whole));
    expect({ ...late() }).toEqual(whole);
    expect(structuredClone(late())).toEqual(whole);
    expect(JSON.stringify(late())).toBe(JSON.stringify(whole));
  });

  it('is parsed once, and then data', ({ expect }) => {
    const target = late();
    const once = target['body'];
    expect(target['body']).toBe(once);
    expect(Object.getOwnPropertyDescriptor(target, 'body')).toEqual({
      value: VALUE,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  });

  it('can be set and deleted', ({ expect }) => {
    const target = late();
    target['body'] = 'other';
    expect(target).toEqual({ first: 1, body: 'other', last: 2 });
    const other = late();
    delete other['body'];
    expect(other).toEqual({ first: 1, last: 2 });
  });

  it('is read, and not set, in a frozen object too', ({ expect }) => {
    const target = late();
    Object.freeze(target);
    expect(target['body']).toEqual(VALUE);
    expect(target['body']).toBe(target['body']);
    expect(() => (target['body'] = 1)).toThrow(TypeError);
  });

  it('has names as they are in the text, and nothing of it is called', ({ expect }) => {
    const target: JsonObject = {};
    putLate(target, 'body', '{"__proto__":{"a":1},"toJSON":"x"}');
    expect(JSON.stringify(structuredClone(target))).toBe('{"body":{"__proto__":{"a":1},"toJSON":"x"}}');
    expect(Object.getPrototypeOf(target['body'])).toBe(Object.prototype);
  });
});
