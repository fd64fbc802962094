import { describe, it } from 'vitest';
import type { Workflow } from '../../core/graph/document.ts';
import { canvasNodes, type Facts } from './graph.ts';
import { withGroups } from './groups.ts';
import { regrouped } from './regroup.ts';

const NONE: Facts = {
  catalog: new Map(),
  outputs: new Map(),
  faults: new Map(),
  marks: new Map(),
  selected: new Set(),
};
const at = (id: string, x: number, group?: string): Workflow['nodes'][number] => ({
  id,
  name: id,
  type: 'no-op',
  version: 1,
  parameters: {},
  position: [x, 0],
  ...(group === undefined ? {} : { group }),
});
const WORKFLOW: Workflow = {
  schema: 1,
  name: 'W',
  nodes: [at('a', 0, 'g'), at('b', 260, 'g'), at('c', 2_000, 'h'), at('free', 4_000)],
  edges: [],
  settings: {},
  notes: [],
  groups: [
    { id: 'g', name: 'G' },
    { id: 'h', name: 'H' },
  ],
  pinned: [],
};
/** What dragging these to there makes of the groups. */
function drop(to: Record<string, [number, number]>, isCollapsed = false): [string, string | undefined][] {
  const shown = canvasNodes(WORKFLOW, NONE, new Map());
  const collapsed = new Set(isCollapsed ? ['g'] : []);
  const nodes = withGroups(shown, WORKFLOW, { collapsed, selected: new Set() }, new Map()).map((node) => {
    const [x, y] = to[node.id] ?? [node.position.x, node.position.y];
    return { ...node, position: { x, y } };
  });
  return [...regrouped(new Set(Object.keys(to)), nodes)];
}

describe('a drag', () => {
  it('puts a step into the frame it is dropped in, and out of the one it leaves', ({ expect }) => {
    expect(drop({ free: [100, 40] })).toEqual([['free', 'g']]);
    expect(drop({ free: [1_000, 0] })).toEqual([]);
    expect(drop({ b: [900, 900] })).toEqual([['b', undefined]]);
    expect(drop({ b: [2_100, 40] })).toEqual([['b', 'h']]);
  });

  it('leaves those in their group who make room in it, go with it, or go together', ({ expect }) => {
    expect(drop({ b: [400, 0] })).toEqual([]);
    expect(drop({ g: [5_000, 0], a: [5_024, 56], b: [5_284, 56] })).toEqual([]);
    expect(drop({ a: [9_000, 0], b: [9_260, 0] })).toEqual([]);
    expect(drop({ c: [9_000, 0] })).toEqual([]);
  });

  it('puts nothing into a group that is one card', ({ expect }) => {
    expect(drop({ free: [10, 0] }, true)).toEqual([]);
  });
});
