import { describe, it } from 'vitest';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { places, requestOf } from './boxes.ts';

const node = (id: string, x: number, group?: string): WorkflowNode => ({
  id,
  name: id,
  type: 'set',
  version: 1,
  parameters: {},
  position: [x, 10],
  ...(group === undefined ? {} : { group }),
});
const edge = (from: string, to: string): Workflow['edges'][number] => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});
const workflow: Workflow = {
  schema: 1,
  name: 'w',
  nodes: [node('a', 0), node('b', 200, 'shut'), node('c', 450, 'shut'), node('d', 700, 'open')],
  edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'd')],
  settings: {},
  notes: [],
  groups: [
    { id: 'shut', name: '', collapsed: true },
    { id: 'open', name: '' },
  ],
  pinned: [],
};

describe('what is laid out', () => {
  it('is one box for a collapsed group, and the nodes of an open one together', ({ expect }) => {
    const request = requestOf(workflow, new Map());
    expect(request.nodes.map(({ id, group }) => [id, group])).toEqual([
      ['shut', undefined],
      ['a', undefined],
      ['d', 'open'],
    ]);
    expect(request.edges).toEqual([
      { from: 'a', to: 'shut' },
      { from: 'shut', to: 'd' },
    ]);
    expect(request.groups).toEqual(['open']);
  });

  it('moves what is in a collapsed group as one', ({ expect }) => {
    const moved = places(workflow, [
      ['shut', [1000, 50]],
      ['a', [5, 5]],
      ['d', [6, 6]],
    ]);
    expect(Object.fromEntries(moved)).toEqual({ a: [5, 5], b: [1024, 106], c: [1274, 106], d: [6, 6] });
  });
});
