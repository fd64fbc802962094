import { describe, it } from 'vitest';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { changesOf, diffOf, isEmptyDiff } from './document-diff.ts';

const node = (
  id: string,
  parameters: WorkflowNode['parameters'] = {},
  more: Partial<WorkflowNode> = {},
): WorkflowNode => ({
  id,
  name: id.toUpperCase(),
  type: 'set',
  version: 1,
  parameters,
  position: [0, 0],
  ...more,
});
const flow = (nodes: WorkflowNode[], wires: [string, string][] = [], more: Partial<Workflow> = {}): Workflow => ({
  schema: 1,
  name: 'w',
  nodes,
  edges: wires.map(([from, to]) => ({
    from: { node: from, port: 'main', index: 0 },
    to: { node: to, port: 'main', index: 0 },
  })),
  settings: {},
  notes: [],
  pinned: [],
  ...more,
});

describe('the difference of two documents', () => {
  it('is nothing when only places and notes differ', ({ expect }) => {
    const moved = flow([node('a', {}, { position: [9, 9] })], [], {
      notes: [{ id: 'n', text: 'x', position: [0, 0] }],
    });
    expect(isEmptyDiff(diffOf(flow([node('a')]), moved))).toBe(true);
  });

  it('names steps, values, connections and settings', ({ expect }) => {
    const before = flow([node('a', { url: 'x', list: [1, 2] }), node('b')], [['a', 'b']]);
    const after = flow([node('a', { url: 'y', list: [1, 3] }), node('c')], [['a', 'c']], {
      name: 'v',
      settings: { timezone: 'UTC' },
    });
    const diff = diffOf(before, after);
    expect(diff.added.map(({ id }) => id)).toEqual(['c']);
    expect(diff.removed.map(({ id }) => id)).toEqual(['b']);
    expect(diff.changed.map(({ node: { id }, changes }) => [id, changes])).toEqual([
      [
        'a',
        [
          { path: '/parameters/url', before: 'x', after: 'y' },
          { path: '/parameters/list/1', before: 2, after: 3 },
        ],
      ],
    ]);
    expect([diff.addedEdges, diff.removedEdges]).toEqual([['A → C'], ['A → B']]);
    expect(diff.settings).toEqual([
      { path: '/name', before: 'w', after: 'v' },
      { path: '/timezone', before: undefined, after: 'UTC' },
    ]);
  });

  it('takes keys of any name', ({ expect }) => {
    expect(changesOf(JSON.parse('{"__proto__":1,"a/b":2}'), JSON.parse('{"a/b":3}'))).toEqual([
      { path: '/__proto__', before: 1, after: undefined },
      { path: '/a~1b', before: 2, after: 3 },
    ]);
  });
});
