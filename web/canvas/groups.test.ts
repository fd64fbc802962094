import { describe, it } from 'vitest';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';
import { canvasEdges, canvasNodes, type CanvasNode, type Facts } from './graph.ts';
import { collapsedOf, gathered, spread, withGroups } from './groups.ts';

const node = (id: string, x: number, group?: string): WorkflowNode => ({
  id,
  name: id,
  type: 'set',
  version: 1,
  parameters: {},
  position: [x, 100],
  ...(group === undefined ? {} : { group }),
});
const edge = (from: string, to: string): Workflow['edges'][number] => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});
const workflow: Workflow = {
  schema: 1,
  name: 'w',
  nodes: [node('a', 0), node('b', 300, 'g'), node('c', 600, 'g'), node('d', 900)],
  edges: [edge('a', 'b'), edge('a', 'c'), edge('b', 'c'), edge('c', 'd')],
  settings: {},
  notes: [{ id: 'n', text: 'hi', position: [300, 200], width: 100, height: 50, group: 'g' }],
  groups: [{ id: 'g', name: 'Middle' }],
  pinned: [],
};
const facts: Facts = {
  catalog: new Map(),
  outputs: new Map(),
  faults: new Map(),
  marks: new Map([
    ['b', { tone: 'bad', text: 'Failed', items: [] }],
    ['c', { tone: 'good', text: 'Success', items: [] }],
  ]),
  selected: new Set(),
};
const draw = (collapsed: ReadonlySet<string>, before = new Map<string, CanvasNode>()): CanvasNode[] =>
  withGroups(canvasNodes(workflow, facts, before), workflow, { collapsed, selected: facts.selected }, before);
const known = (nodes: CanvasNode[]): Map<string, CanvasNode> => new Map(nodes.map((each) => [each.id, each]));

describe('groups on the canvas', () => {
  it('are frames around what is in them, drawn again only when that changes', ({ expect }) => {
    const nodes = draw(new Set());
    expect(nodes.map(({ id }) => id)).toEqual(['g', 'n', 'a', 'b', 'c', 'd']);
    expect(nodes[0]).toMatchObject({ position: { x: 276, y: 44 }, width: 540, data: { count: 3 } });
    const again = draw(new Set(), known(nodes));
    for (const [index, each] of again.entries()) expect(each).toBe(nodes[index]);
  });

  it('are one card when collapsed, which shows what most wants to be seen', ({ expect }) => {
    const collapsed = collapsedOf(workflow, new Map([['g', true]]));
    const nodes = draw(collapsed);
    expect(nodes.map(({ id }) => id)).toEqual(['g', 'a', 'd']);
    expect(nodes[0]?.data).toMatchObject({ isCollapsed: true, mark: { tone: 'bad', text: 'Failed' } });
    const edges = gathered(canvasEdges(workflow.edges, new Map(), String), workflow, collapsed);
    expect(edges.map(({ source, target }) => [source, target])).toEqual([
      ['a', 'g'],
      ['g', 'd'],
    ]);
    expect(collapsedOf({ ...workflow, groups: [{ id: 'g', name: '', collapsed: true }] }, new Map())).toEqual(
      new Set(['g']),
    );
  });

  it('move with everything in them, whatever was chosen beside, and collapsed, too', ({ expect }) => {
    for (const collapsed of [new Set<string>(), new Set(['g'])]) {
      const nodes = known(draw(collapsed));
      const { x = 0, y = 0 } = nodes.get('g')?.position ?? {};
      const moved = spread(
        [
          { type: 'position', id: 'g', position: { x: x + 10, y: y - 5 }, dragging: true },
          { type: 'position', id: 'c', position: { x: 610, y: 95 }, dragging: true },
        ],
        workflow,
        nodes,
      );
      expect(moved.slice(2)).toEqual([
        { type: 'position', id: 'b', position: { x: 310, y: 95 }, dragging: true },
        { type: 'position', id: 'n', position: { x: 310, y: 195 }, dragging: true },
      ]);
    }
  });
});
