import { describe, it } from 'vitest';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { compileTemplate } from '../../../core/expression/index.ts';
import { baseOf } from './completions.ts';
import { sampleOf } from './sample.ts';
import { scopeOf } from './scope.ts';

const node = (id: string, name: string): WorkflowNode => ({
  id,
  name,
  type: 'set',
  version: 3.4,
  parameters: {},
  position: [0, 0],
});
const edge = (from: string, to: string) => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});
const WORKFLOW: Workflow = {
  schema: 1,
  name: 'w',
  nodes: [node('a', 'First'), node('b', 'Second'), node('c', 'Third')],
  edges: [edge('a', 'b'), edge('b', 'c')],
  settings: {},
  notes: [],
  pinned: [],
};
const RUN = {
  id: 'r1',
  nodes: [
    { node: 'a', runIndex: 0, status: 'success', sources: [], outputs: [[{ json: { n: 1 } }, { json: { n: 2 } }]] },
    {
      node: 'b',
      runIndex: 0,
      status: 'success',
      sources: [{ step: 0, output: 0 }],
      // the items changed places
      outputs: [
        [
          { json: { m: 20 }, pairedItem: { item: 1 } },
          { json: { m: 10 }, pairedItem: { item: 0 } },
        ],
      ],
    },
  ],
};
const third = WORKFLOW.nodes[2] as WorkflowNode;
const evaluated = (text: string, workflow = WORKFLOW, item = 0): unknown =>
  compileTemplate(text).at(scopeOf(sampleOf('w1', workflow, third, { run: RUN, vars: { V: 'v' } }), item, 0));

describe('what an expression is tried out with', () => {
  it('is the input of the last run, item by item', ({ expect }) => {
    expect(evaluated('={{ $json.m }}')).toBe(20);
    expect(evaluated('={{ $json.m }}', WORKFLOW, 1)).toBe(10);
    expect(evaluated("={{ $input.all().length + ' ' + $vars.V }}")).toBe('2 v');
  });

  it('follows paired items back, as a run does', ({ expect }) => {
    expect(evaluated("={{ $('First').item.json.n }}")).toBe(2);
    expect(evaluated("={{ $('First').item.json.n }}", WORKFLOW, 1)).toBe(1);
    expect(evaluated("={{ $('First').first().json.n }}")).toBe(1);
  });

  it('is what is pinned, run or not', ({ expect }) => {
    const workflow = { ...WORKFLOW, pinned: [{ node: 'b', items: [{ json: { m: 'pinned' } }] }] };
    expect(evaluated('={{ $json.m }}', workflow)).toBe('pinned');
    const sample = sampleOf('w1', workflow, third, { run: undefined, vars: {} });
    expect(sample.inputs[0]?.items).toEqual([{ json: { m: 'pinned' } }]);
  });

  it('says why another node gives nothing', ({ expect }) => {
    expect(() => evaluated("={{ $('Third').item.json }}")).toThrow('has not been executed');
    expect(() => evaluated("={{ $('Nobody').item.json }}")).toThrow('no node called');
  });
});

describe('completion finds the object in front of the dot', () => {
  const CASES: readonly [before: string, base: string | undefined, typed?: string][] = [
    ['$json.', '$json', ''],
    ['1 + $json.a.b', '$json.a', 'b'],
    ["$('A b').item.json.x.tr", "$('A b').item.json.x", 'tr'],
    ['$json.list[0].na', '$json.list[0]', 'na'],
    ["$json['odd ) key'].t", "$json['odd ) key']", 't'],
    ['$json.text.split(",").map(x => x.a).', '$json.text.split(",").map(x => x.a)', ''],
    ['"text".to', '"text"', 'to'],
    ['$json?.a', '$json', 'a'],
    ['+ .', undefined],
    [').', undefined],
    ['$json', undefined],
  ];
  it('whatever it is made of', ({ expect }) => {
    for (const [before, base, typed] of CASES) {
      expect(baseOf(before), before).toEqual(base === undefined ? undefined : { base, typed });
    }
  });
});
