import { it } from 'vitest';
import type { Edge, Workflow } from '../../../core/graph/document.ts';
import { canvasNodes, type CardNode } from '../../../web/canvas/graph.ts';

const PORTS = 20_000;

it('a step that many ports supply was looked through again for each of them, and the page stood still', ({
  expect,
}) => {
  const node = (id: string) => ({
    id,
    name: id,
    type: 'agent',
    version: 1,
    parameters: {},
    position: [0, 0] as [number, number],
  });
  const edges = Array.from({ length: PORTS }, (_, index): Edge => {
    const port = `ai_${index}`;
    return { from: { node: 'model', port, index: 0 }, to: { node: 'agent', port, index: 0 } };
  });
  const workflow: Workflow = {
    schema: 1,
    name: 'Many',
    nodes: [node('model'), node('agent')],
    edges,
    settings: {},
    notes: [],
    pinned: [],
  };
  const none = new Map();
  const facts = { catalog: none, outputs: none, faults: none, marks: none, selected: new Set<string>() };
  const [model, agent] = canvasNodes(workflow, facts, none) as CardNode[];
  expect([model?.data.supplies.length, agent?.data.supplied.length]).toEqual([PORTS, PORTS]);
});
