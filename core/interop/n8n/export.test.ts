import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import type { Workflow } from '../../graph/document.ts';
import { exportN8n, importN8n } from './index.ts';

const types = new Map([
  ['n8n-nodes-base.set', { type: 'set', versions: [3.4] }],
  ['n8n-nodes-base.manualTrigger', { type: 'manual', versions: [1] }],
]);

const file = {
  id: 'w1',
  name: 'w',
  active: false,
  nodes: [
    {
      parameters: {},
      id: 'n',
      name: 'Note',
      type: 'n8n-nodes-base.stickyNote',
      typeVersion: 1,
      position: [0, 0],
      z: 1,
    },
    {
      parameters: {},
      id: '1',
      name: 'a',
      type: 'n8n-nodes-base.manualTrigger',
      typeVersion: '1',
      position: [0, 0],
      cid: 'x',
    },
    {
      parameters: { v: 1 },
      id: '2',
      name: 'b',
      type: 'n8n-nodes-base.set',
      typeVersion: 3.4,
      position: [9, 9],
      continueOnFail: true,
      retryOnFail: true,
      maxTries: 9,
      waitBetweenTries: 100,
    },
  ],
  connections: {
    a: { main: [[{ node: 'b', type: 'main', index: 0 }], null, [{ node: 'gone', type: 'main', index: 0 }]] },
    gone: { main: [] },
  },
  settings: { executionOrder: 'v1', timezone: 'DEFAULT', callerPolicy: 'any' },
  pinData: { a: [{ x: 1 }] },
} satisfies JsonObject;

function imported(): Workflow {
  const first = importN8n(structuredClone(file), { types }).workflows[0];
  if (!first) throw new Error('not imported');
  return first.workflow;
}

function nodeOf(workflow: Workflow, id: string): Workflow['nodes'][number] {
  const node = workflow.nodes.find((entry) => entry.id === id);
  if (!node) throw new Error(`no node ${id}`);
  return node;
}

describe('exportN8n', () => {
  it('[N8N12] gives an unedited file back, and does not touch the document', ({ expect }) => {
    const workflow = imported();
    const before = structuredClone(workflow);
    expect(exportN8n(workflow)).toEqual(file);
    expect(exportN8n(workflow, { types })).toEqual(file);
    expect(workflow).toEqual(before);
  });

  it('[N8N13] keeps everything an edit did not touch', ({ expect }) => {
    const workflow = imported();
    const b = nodeOf(workflow, '2');
    b.parameters = { v: 2 };
    b.onError = 'stop';
    workflow.settings.timezone = 'Europe/Berlin';
    const expected = structuredClone(file) as unknown as { nodes: JsonObject[]; settings: JsonObject };
    const { continueOnFail: _, ...rest } = file.nodes[2] as JsonObject;
    expected.nodes[2] = { ...rest, parameters: { v: 2 }, onError: 'stopWorkflow' };
    expected.settings.timezone = 'Europe/Berlin';
    expect(exportN8n(workflow)).toEqual(expected);
  });

  it('[N8N13] writes edited retries whole', ({ expect }) => {
    const workflow = imported();
    nodeOf(workflow, '2').retry = { maxTries: 4, waitMs: 100 };
    expect((exportN8n(workflow).nodes as JsonObject[])[2]).toMatchObject({ maxTries: 4, waitBetweenTries: 100 });
    delete nodeOf(workflow, '2').retry;
    expect((exportN8n(workflow).nodes as JsonObject[])[2]).not.toHaveProperty('retryOnFail');
    expect((exportN8n(workflow).nodes as JsonObject[])[2]).not.toHaveProperty('maxTries');
  });

  it('[N8N13] follows a renamed node', ({ expect }) => {
    const workflow = imported();
    nodeOf(workflow, '1').name = 'start';
    const { connections, pinData } = exportN8n(workflow) as { connections: JsonObject; pinData: JsonObject };
    expect(connections).toEqual({ start: file.connections.a, gone: { main: [] } });
    expect(pinData).toEqual({ start: [{ x: 1 }] });
  });

  it('[N8N13] drops what was deleted and adds what is new', ({ expect }) => {
    const workflow = imported();
    workflow.notes = [{ id: 'new', text: 'hi', position: [1, 2] }];
    workflow.nodes = workflow.nodes.filter((node) => node.id !== '2');
    workflow.edges = [];
    workflow.nodes.push({ id: '3', name: 'Sticky Note', type: 'set', version: 3.4, parameters: {}, position: [0, 0] });
    const nodes = exportN8n(workflow, { types }).nodes as JsonObject[];
    expect(nodes.map((node) => [node.name, node.type])).toEqual([
      ['a', 'n8n-nodes-base.manualTrigger'],
      ['Sticky Note', 'n8n-nodes-base.set'],
      ['Sticky Note1', 'n8n-nodes-base.stickyNote'],
    ]);
  });

  it('[N8N13] writes the name its references use once a mended node is wired', ({ expect }) => {
    const twice = { ...file, nodes: [file.nodes[1], { ...file.nodes[1], id: '9' }] };
    const workflow = importN8n(twice, { types }).workflows[0]?.workflow as Workflow;
    const names = () => (exportN8n(workflow).nodes as JsonObject[]).map((node) => node.name);
    expect(names()).toEqual(['a', 'a']);
    workflow.edges.push({ from: { node: '1', port: 'main', index: 0 }, to: { node: '9', port: 'main', index: 0 } });
    expect(names()).toEqual(['a', 'a1']);
  });

  it('[N8N14] ignores a misshapen foreign', ({ expect }) => {
    const odd = [1, 'x', [], [null], { asides: 7, patches: {} }, { asides: [{ at: -1 }, { at: 1e9, junk: 1 }, 5] }];
    const more = [
      { patches: [{ at: ['nodes', 4e9], raw: 1 }, { at: [{}] }, { at: [], raw: 'x', canon: 1 }, {}] },
      {
        patches: [
          { at: ['nodes', 'length'], raw: 4e9 },
          { at: ['__proto__', 'polluted'], raw: 1 },
        ],
      },
    ];
    for (const n8n of [...odd, ...more]) {
      const workflow: Workflow = { ...imported(), foreign: { n8n } as unknown as JsonObject };
      nodeOf(workflow, '1').foreign = {
        n8n: { type: 1, fields: n8n, connections: [{ at: ['main', 9e9], raw: 1 }] } as never,
      };
      const nodes = exportN8n(workflow).nodes as JsonObject[];
      expect(nodes.length).toBeLessThanOrEqual(4);
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('[N8N15] writes native documents', ({ expect }) => {
    const node = { version: 1, parameters: {}, position: [0, 0] as [number, number] };
    const workflow: Workflow = {
      schema: 1,
      name: 'native',
      nodes: [
        { ...node, id: '1', name: 'start', type: 'manual' },
        { ...node, id: '2', name: 'go', type: 'set', inDoubt: 'ask', retry: { maxTries: 2, waitMs: 0, backoff: 2 } },
      ],
      edges: [{ from: { node: '1', port: 'main', index: 1 }, to: { node: '2', port: 'main', index: 0 } }],
      settings: { timeoutMs: 1500, maxSteps: 5 },
      notes: [],
      pinned: [],
    };
    expect(exportN8n(workflow, { types })).toEqual({
      name: 'native',
      nodes: [
        {
          parameters: {},
          id: '1',
          name: 'start',
          type: 'n8n-nodes-base.manualTrigger',
          typeVersion: 1,
          position: [0, 0],
        },
        {
          parameters: {},
          id: '2',
          name: 'go',
          type: 'n8n-nodes-base.set',
          typeVersion: 1,
          position: [0, 0],
          retryOnFail: true,
          maxTries: 2,
          waitBetweenTries: 0,
        },
      ],
      connections: { start: { main: [[], [{ node: 'go', type: 'main', index: 0 }]] } },
      settings: { executionOrder: 'v1', executionTimeout: 1.5 },
    });
  });

  it('[N8N20] carries groups in a member of its own, and reads them back', ({ expect }) => {
    const edited = imported();
    nodeOf(edited, '1').group = '__proto__';
    for (const note of edited.notes) note.group = 'g';
    edited.groups = [
      { id: '__proto__', name: 'First', color: 3, collapsed: true },
      { id: 'g', name: 'Second' },
    ];
    const written = exportN8n(edited, { types });
    expect(written['nodes']).toEqual(exportN8n(imported(), { types })['nodes']);
    const again = importN8n(structuredClone(written), { types }).workflows[0]?.workflow;
    expect(again?.groups).toEqual(edited.groups);
    expect([...(again?.nodes ?? []), ...(again?.notes ?? [])].map(({ group }) => group)).toEqual([
      '__proto__',
      undefined,
      'g',
    ]);
    expect(exportN8n(again ?? edited, { types })).toEqual(written);
  });

  it("[N8N20] reads the groups of n8n's canvas, and writes them back", ({ expect }) => {
    const theirs = {
      ...file,
      nodeGroups: [{ id: 'g', name: 'Theirs', nodeIds: ['1', 'gone', 'n'], description: 'what for' }],
    };
    const workflow = importN8n(structuredClone(theirs), { types }).workflows[0]?.workflow ?? imported();
    expect(workflow.groups).toEqual([{ id: 'g', name: 'Theirs', description: 'what for' }]);
    expect(nodeOf(workflow, '1').group).toBe('g');
    expect(workflow.notes.map(({ group }) => group)).toEqual(workflow.notes.map(() => 'g'));
    expect(exportN8n(workflow, { types })).toEqual(theirs);
    nodeOf(workflow, '2').group = 'g';
    const written = exportN8n(workflow, { types })['nodeGroups'];
    expect(written).toEqual([{ id: 'g', name: 'Theirs', nodeIds: ['1', '2', 'n'], description: 'what for' }]);
  });

  it('[N8N20] leaves misshapen groups out, and gives them and those of n8n back', ({ expect }) => {
    const groups = [7, { id: '' }, { id: 'g', name: 'G', members: ['1', 8, 'gone', '1'] }, { id: 'g', name: 'Again' }];
    const odd = { ...file, millrace: { groups }, nodeGroups: [{ name: 'Theirs', nodes: ['1'] }] };
    const workflow = importN8n(structuredClone(odd), { types }).workflows[0]?.workflow;
    expect(workflow?.groups).toEqual([{ id: 'g', name: 'G' }]);
    expect(exportN8n(workflow ?? imported(), { types })).toEqual(odd);
    for (const millrace of [null, 'x', { groups: 'x' }, { groups: { 0: 1 } }]) {
      expect(importN8n({ ...file, millrace }, { types }).workflows[0]?.workflow.groups).toBeUndefined();
    }
  });
});
