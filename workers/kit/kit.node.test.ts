import { describe, it } from 'vitest';
import { newApiKey, tenantOfKey } from './api-key.ts';
import { BoundedCache } from './bounded-cache.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { sameSecret, sha256Hex } from './digest.ts';
import { itemsFrom } from './items.ts';
import { shardFor } from './shard.ts';
import { queryOf } from './validate.ts';

describe('API keys', () => {
  it('carry their tenant and 256 random bits', ({ expect }) => {
    const keys = new Set(Array.from({ length: 100 }, () => newApiKey('a-b-1')));
    expect(keys.size).toBe(100);
    for (const key of keys) expect(tenantOfKey(key)).toBe('a-b-1');
  });

  it('are refused in any other form', ({ expect }) => {
    const secret = 'A'.repeat(43);
    for (const key of [
      '',
      'mr_',
      `mr__${secret}`,
      `mr_-x_${secret}`,
      `mr_a_${secret}A`,
      `mr_a_${secret.slice(1)}`,
      `mr_A_${secret}`,
      `mr_a/b_${secret}`,
      ` mr_a_${secret}`,
      `mr_a_${secret}\n`,
    ]) {
      expect(tenantOfKey(key), key).toBeUndefined();
    }
  });
});

describe('items from any JSON', () => {
  it('wrap what is not an item', ({ expect }) => {
    expect(itemsFrom({ a: 1 })).toEqual([{ json: { a: 1 } }]);
    expect(itemsFrom([{ a: 1 }, { json: { b: 2 } }, 3, null, [4]])).toEqual([
      { json: { a: 1 } },
      { json: { b: 2 } },
      { json: { value: 3 } },
      { json: { value: null } },
      { json: { value: [4] } },
    ]);
    expect(itemsFrom([])).toEqual([]);
    expect(itemsFrom({ json: { a: 1 }, other: 2 })).toEqual([{ json: { json: { a: 1 }, other: 2 } }]);
    expect(itemsFrom({ json: 1 })).toEqual([{ json: { json: 1 } }]);
  });

  it('keep hostile names as data', ({ expect }) => {
    const [item] = itemsFrom(JSON.parse('{"__proto__":{"polluted":true},"constructor":1}'));
    expect(Object.keys(item?.json ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('take files inline only: a reference could be somebody else’s', ({ expect }) => {
    const file = { mimeType: 'text/plain', data: 'aGk=' };
    expect(itemsFrom({ json: {}, binary: { data: { ...file, id: 'stolen' } } })).toEqual([
      { json: {}, binary: { data: file } },
    ]);
    expect(() => itemsFrom([{ json: {} }, { json: {}, binary: { data: { mimeType: 'a/b', id: 'stolen' } } }])).toThrow(
      'Item 1',
    );
  });
});

describe('small parts', () => {
  it('a cache forgets by age and by number', ({ expect }) => {
    const cache = new BoundedCache<number>(2);
    cache.set('a', 1, 10);
    cache.set('b', 2, 20);
    expect([cache.get('a', 9), cache.get('a', 10)]).toEqual([1, undefined]);
    cache.set('c', 3, 20);
    cache.set('d', 4, 20);
    expect(['b', 'c', 'd'].map((key) => cache.get(key, 5))).toEqual([undefined, 3, 4]);
    cache.delete('d');
    expect(cache.get('d', 5)).toBeUndefined();
  });

  it('cursors come back as they went', ({ expect }) => {
    const state = { untilMs: 5, shards: [{ skip: 1, cursor: 'ü/+?' }] };
    expect(readCursor(writeCursor(state))).toEqual(state);
    expect(writeCursor(state)).toMatch(/^[\w-]+$/);
    for (const bad of ['', '!', 'AAAA', '%00']) expect(readCursor(bad), bad).toBeUndefined();
  });

  it('secrets compare by content', async ({ expect }) => {
    expect(await sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(await sameSecret('a', 'a')).toBe(true);
    expect(await sameSecret('a', 'b')).toBe(false);
    expect(await sameSecret('', 'b')).toBe(false);
  });

  it('a key stays on its shard, and keys spread', ({ expect }) => {
    expect(shardFor('anything', 1)).toBe(0);
    const shards = Array.from({ length: 1_000 }, (_, index) => shardFor(`key-${index}`, 8));
    expect(shards).toEqual(Array.from({ length: 1_000 }, (_, index) => shardFor(`key-${index}`, 8)));
    for (let shard = 0; shard < 8; shard++) expect(shards.filter((each) => each === shard).length).toBeGreaterThan(60);
  });

  it('repeated query names become lists, and names are only names', ({ expect }) => {
    expect(queryOf('a=1&b=2&a=3&a=4')).toEqual({ a: ['1', '3', '4'], b: '2' });
    expect(Object.keys(queryOf('__proto__=1&constructor=2'))).toEqual(['__proto__', 'constructor']);
  });
});
