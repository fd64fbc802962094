import { describe, it } from 'vitest';
import { arrange } from '../../../web/editor/layout/arrange.ts';

const size = { width: 100, height: 50 };

describe('laying out steps whose ids are members of every object', () => {
  it('gives each a place: the worker threw, or answered no number', ({ expect }) => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      for (const inside of [{}, { group: 'valueOf' }]) {
        const nodes = [
          { id, ...size, ...inside },
          { id: 'b', ...size },
        ];
        const places = new Map(arrange({ nodes, edges: [{ from: id, to: 'b' }], groups: Object.values(inside) }));
        const [[x, y] = [NaN, NaN], [right] = [NaN]] = [places.get(id), places.get('b')];
        expect(Number.isFinite(y)).toBe(true);
        expect(right).toBeGreaterThan(x + size.width);
      }
    }
  });
});
