import { describe, it } from 'vitest';
import { arrange } from '../../../web/editor/layout/arrange.ts';

describe('laying out steps whose ids are members of every object', () => {
  it('gives each a place: the worker threw, or answered no number', ({ expect }) => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      const size = { width: 100, height: 50 };
      const request = {
        nodes: [
          { id, ...size, group: 'valueOf' },
          { id: 'b', ...size },
        ],
        edges: [{ from: id, to: 'b' }],
      };
      for (const groups of [[], ['valueOf']]) {
        const nodes = groups.length > 0 ? request.nodes : request.nodes.map(({ group: _group, ...node }) => node);
        const [first, second] = arrange({ ...request, nodes, groups });
        expect([first?.[0], second?.[0]]).toEqual([id, 'b']);
        const [[x = NaN, y = NaN] = [], [x2 = NaN] = []] = [first?.[1], second?.[1]];
        expect(Number.isFinite(y) && x2 > x + 100).toBe(true);
      }
    }
  });
});
