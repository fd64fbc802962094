import { describe, it } from 'vitest';
import type { Json } from '../../data/item.ts';
import { outputsOf } from '../testing.ts';
import { node } from './index.ts';

const given = (items: Json) => outputsOf(node, { parameters: { items }, items: [{ ignored: true }] })[0];

describe('fixed-items', () => {
  it('[FIX1] gives what it holds, bare objects or items, as list or as text', ({ expect }) => {
    expect(given([{ a: 1 }, { json: { b: 2 }, pairedItem: 3 }])).toEqual([{ json: { a: 1 } }, { json: { b: 2 } }]);
    expect(given('[{"__proto__":1}]')).toHaveLength(1);
    expect(JSON.stringify(given('{"__proto__":1}'))).toBe('[{"json":{"__proto__":1}}]');
    expect(given([{ json: 'x' }])).toEqual([{ json: { json: 'x' } }]);
    expect(outputsOf(node, {})[0]).toEqual([{ json: {} }]);
  });

  it('[FIX2] never evaluates it, and takes files that lie in it only', ({ expect }) => {
    expect(given([{ a: '={{ 1 + 1 }}' }])).toEqual([{ json: { a: '={{ 1 + 1 }}' } }]);
    const file = { mimeType: 'text/plain', data: 'eA==', fileName: 'x.txt' };
    expect(
      given([{ json: {}, binary: { mine: { ...file, id: 't/1' }, theirs: { mimeType: 'a/b', id: 't/2' } } }]),
    ).toEqual([{ json: {}, binary: { mine: file } }]);
    expect(() => given('[')).toThrow('no JSON');
    expect(() => given([1])).toThrow('Entry 0 is no object.');
  });
});
