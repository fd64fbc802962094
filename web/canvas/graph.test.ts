import { describe, it } from 'vitest';
import type { Workflow } from '../../core/graph/document.ts';
import { canvasEdges, canvasNodes, type CardData } from './graph.ts';

const step = (id: string, type: string): Workflow['nodes'][number] => ({
  id,
  name: id,
  type,
  version: 1,
  parameters: {},
  position: [0, 0],
});
const edge = (from: string, to: string, port = 'main'): Workflow['edges'][number] => ({
  from: { node: from, port, index: 0 },
  to: { node: to, port, index: 0 },
});
/** As it comes from n8n: an agent with a model and a tool below it. */
const workflow: Workflow = {
  schema: 1,
  name: 'w',
  nodes: [
    step('Go', 'manual'),
    step('Agent', '@n8n/n8n-nodes-langchain.agent'),
    step('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi'),
    step('Tool', '@n8n/n8n-nodes-langchain.toolCode'),
  ],
  edges: [edge('Go', 'Agent'), edge('Model', 'Agent', 'ai_languageModel'), edge('Tool', 'Agent', 'ai_tool')],
  settings: {},
  notes: [],
  pinned: [],
};

describe('steps and lines on the canvas', () => {
  it('has a port for both ends of every line, what supplies an agent included', ({ expect }) => {
    const nodes = canvasNodes(
      workflow,
      { catalog: new Map(), outputs: new Map(), marks: new Map(), faults: new Map(), selected: new Set() },
      new Map(),
    );
    const portsOf = (id: string, type: string): unknown[] =>
      (nodes.find((node) => node.id === id)?.handles ?? []).filter((port) => port.type === type).map((port) => port.id);
    for (const { source, sourceHandle, target, targetHandle } of canvasEdges(workflow.edges, new Map(), String)) {
      expect(portsOf(source, 'source')).toContain(sourceHandle);
      expect(portsOf(target, 'target')).toContain(targetHandle);
    }
    const dataOf = (id: string) => nodes.find((node) => node.id === id)?.data as CardData;
    expect(dataOf('Model')).toMatchObject({ title: 'lmChatOpenAi', inputCount: 0, outputs: 0 });
    expect(dataOf('Agent')).toMatchObject({ inputCount: 1, outputs: 1 });
  });
});
