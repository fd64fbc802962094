import { describe, it } from 'vitest';
import type { Workflow, WorkflowNode } from './document.ts';
import { wire } from './graph.ts';
import { MAX_PROBLEMS } from './problem.ts';
import { parseWorkflow } from './validate.ts';

const types = new Map([
  ['manual', { trigger: 'manual', inputs: 0 as const }],
  ['set', { inputs: 1 as const }],
  ['if', { inputs: 1 as const }],
  ['merge', { inputs: 'many' as const }],
]);
const outputsOf = ({ type }: WorkflowNode) => (type === 'if' ? 2 : 1);

function node(name: string, more: Partial<WorkflowNode> = {}): WorkflowNode {
  return { id: `id-${name}`, name, type: 'set', version: 1, parameters: {}, position: [0, 0], ...more };
}

function edge(from: string, to: string, output = 0, input = 0, port = 'main'): Workflow['edges'][number] {
  return { from: { node: `id-${from}`, port, index: output }, to: { node: `id-${to}`, port, index: input } };
}

function doc(more: Partial<Workflow> = {}): Workflow {
  const start = node('start', { type: 'manual' });
  return { schema: 1, name: 'w', nodes: [start], edges: [], settings: {}, notes: [], pinned: [], ...more };
}

/** `code path` of everything found. */
function found(input: unknown): string[] {
  const result = parseWorkflow(input, { types, outputsOf });
  return (result.ok ? result.warnings : result.problems).map(({ code, path }) => `${code} ${path}`);
}

function chain(size: number): Workflow {
  const nodes = Array.from({ length: size }, (_, at) =>
    node(`n${at}`, {
      type: at === 0 ? 'manual' : 'set',
      parameters: { assignments: [{ name: 'a', value: `={{ $json.a + ${at} }}` }], options: { deep: { er: true } } },
      onError: 'continue',
      retry: { maxTries: 3, waitMs: 1000 },
    }),
  );
  return doc({ nodes, edges: nodes.slice(1).map((_, at) => edge(`n${at}`, `n${at + 1}`)) });
}

const full = doc({
  nodes: [
    node('start', { type: 'manual' }),
    node('a', {
      disabled: true,
      notes: 'why',
      onError: 'error-output',
      retry: { maxTries: 5, waitMs: 10, backoff: 2, maxWaitMs: 100, jitter: 0.5 },
      timeoutMs: 1000,
      alwaysOutput: true,
      executeOnce: true,
      inDoubt: 'ask',
      credentials: { http: { id: '1' } },
      webhookId: 'hook',
      foreign: { cid: 'x' },
      parameters: { deep: [{ er: [1, null, 'x', true] }] },
    }),
  ],
  edges: [edge('start', 'a')],
  settings: {
    executionOrder: 'v0',
    timezone: 'Europe/Berlin',
    errorWorkflow: 'other',
    timeoutMs: 5,
    maxSteps: 9,
    concurrency: { limit: 2, key: '={{ $json.user }}' },
    rateLimit: { limit: 3, periodMs: 1000 },
    debounce: { delayMs: 10, maxDelayMs: 100 },
    priority: '={{ $json.priority }}',
    idempotencyKey: '={{ $json.id }}',
  },
  notes: [{ id: 'n', text: 'hello', position: [1, -2.5], width: 10, height: 20, color: 3 }],
  pinned: [
    {
      node: 'id-start',
      items: [
        {
          json: { a: 1 },
          binary: { f: { mimeType: 'text/plain', data: 'aGk=' } },
          pairedItem: [{ item: 0, input: 1 }],
        },
        { json: {}, pairedItem: 3, error: { message: 'no', code: 'c' } },
      ],
    },
  ],
  foreign: { tags: [] },
});

describe('parseWorkflow', () => {
  it('[DOC1] gives back an equal copy of a valid document', ({ expect }) => {
    const result = parseWorkflow(full, { types });
    expect(result).toEqual({ ok: true, workflow: full, warnings: [] });
    expect(result.ok && result.workflow).not.toBe(full);
  });

  it('[DOC1] warns about unknown members and drops them', ({ expect }) => {
    const input = { ...doc(), extra: 1, nodes: [{ ...node('start', { type: 'manual' }), 'a/b~c': 1 }] };
    const result = parseWorkflow(input, { types });
    expect(found(input)).toEqual(['unknown-member /extra', 'unknown-member /nodes/0/a~1b~0c']);
    expect(result.ok && result.workflow).toEqual(doc());
  });

  it('[DOC2] takes the colour of a note by its number or in hexadecimal, and nothing else', ({ expect }) => {
    const noted = (color: unknown) => ({ ...doc(), notes: [{ id: 'n', text: '', position: [0, 0], color }] });
    for (const color of [0, 1_000, '#1aF', '#A0b1C2']) {
      expect(parseWorkflow(noted(color))).toMatchObject({ ok: true, workflow: { notes: [{ color }] } });
    }
    for (const color of ['red', '#12345', '#1234567', 'url(https://a.example)', '#fff;x', '4', null, ['#fff']]) {
      expect(found(noted(color)), String(color)).toEqual(['wrong-type /notes/0/color']);
    }
    expect(found(noted(1_001))).toEqual(['out-of-range /notes/0/color']);
  });

  it('[DOC2] lists every fault with its place', ({ expect }) => {
    const input = {
      schema: 2,
      name: 7,
      nodes: [
        { id: '', name: 'a', type: 'set', version: 'x', parameters: [], position: [1] },
        node('b', { onError: 'explode' as 'stop', retry: { maxTries: 0, waitMs: -1, jitter: 2 } }),
        'junk',
      ],
      edges: [{ from: { node: 'id-b', port: 'main', index: 256 } }, null],
      settings: { timezone: 'Mars/Base', maxSteps: 1.5, executionOrder: 'v2', rateLimit: { limit: 1 } },
      notes: [{ id: 'x' }],
      pinned: {},
      foreign: 'x',
    };
    expect(found(input)).toEqual([
      'unknown-schema /schema',
      'wrong-type /name',
      'empty-name /nodes/0/id',
      'wrong-type /nodes/0/version',
      'wrong-type /nodes/0/parameters',
      'wrong-type /nodes/0/position',
      'not-allowed /nodes/1/onError',
      'out-of-range /nodes/1/retry/maxTries',
      'out-of-range /nodes/1/retry/waitMs',
      'out-of-range /nodes/1/retry/jitter',
      'not-an-object /nodes/2',
      'out-of-range /edges/0/from/index',
      'not-an-object /edges/0/to',
      'not-an-object /edges/1',
      'missing /notes/0/text',
      'missing /notes/0/position',
      'wrong-type /pinned',
      'not-allowed /settings/executionOrder',
      'unknown-timezone /settings/timezone',
      'out-of-range /settings/maxSteps',
      'missing /settings/rateLimit/periodMs',
      'wrong-type /foreign',
    ]);
  });

  it('[DOC2] counts what it does not list', ({ expect }) => {
    const result = parseWorkflow(doc({ nodes: Array.from({ length: MAX_PROBLEMS + 50 }, () => 1 as never) }));
    const problems = result.ok ? [] : result.problems;
    expect(problems).toHaveLength(MAX_PROBLEMS + 1);
    expect(problems.at(-1)).toMatchObject({ code: 'too-many-problems', message: expect.stringMatching(/^50 more/) });
  });

  it('[DOC3] answers for anything', ({ expect }) => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const odd = [undefined, null, 1, 'x', [], {}, new Map(), cyclic, { nodes: cyclic }, () => 1, Symbol('x'), 1n];
    for (const input of odd) expect(parseWorkflow(input, { types }).ok).toBe(false);
    const bad = [NaN, Infinity, () => 1, new Date(0), 1n, Symbol('x'), [undefined], cyclic];
    for (const value of bad) {
      const parsed = parseWorkflow(doc({ nodes: [node('a', { parameters: { value: value as never } })] }));
      expect(parsed.ok ? '' : parsed.problems[0]?.path).toMatch(/^\/nodes\/0\/parameters\/value/);
    }
    const holes: unknown[] = [];
    holes.length = 3;
    expect(found({ ...doc(), nodes: holes })).toContain('not-an-object /nodes/2');
  });

  it('[DOC4] refuses repeated ids and names', ({ expect }) => {
    const nodes = [node('a'), node('b', { id: 'id-a' }), node('a', { id: 'other' })];
    const notes = [1, 2].map(() => ({ id: 'n', text: '', position: [0, 0] as [number, number] }));
    expect(found(doc({ nodes, notes }))).toEqual([
      'duplicate-id /nodes/1/id',
      'duplicate-name /nodes/2/name',
      'duplicate-id /notes/1/id',
    ]);
  });

  it('[DOC5] takes hostile names as they are', ({ expect }) => {
    const names = ['__proto__', 'constructor', 'toString', '🦊 fox', ' ', '\u0000', 'a/b~c', 'hasOwnProperty'];
    const nodes = names.map((name, at) => node(name, { id: name, type: at === 0 ? 'manual' : 'set' }));
    const edges = names.slice(1).map((name, at) => ({
      from: { node: names[at] ?? '', port: 'main', index: 0 },
      to: { node: name, port: 'main', index: 0 },
    }));
    const parameters = JSON.parse('{"__proto__":{"polluted":true}}');
    const input = doc({ nodes: nodes.map((entry) => ({ ...entry, parameters })), edges });
    const result = parseWorkflow(input, { types });
    expect(result).toEqual({ ok: true, workflow: input, warnings: [] });
    expect(Object.hasOwn((result.ok && result.workflow.nodes[0]?.parameters) || {}, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(wire(input).nodes.map((entry) => entry.outputs.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 0]);
  });

  it('[DOC5] refuses a name of a megabyte without repeating it', ({ expect }) => {
    const name = 'x'.repeat(1_000_000);
    const result = parseWorkflow(doc({ nodes: [node('a', { name }), node('b', { name: '🦊'.repeat(257) })] }));
    expect(found(doc({ nodes: [node('a', { name })] }))).toEqual(['name-too-long /nodes/0/name']);
    expect(JSON.stringify(result).length).toBeLessThan(2_000);
    expect(parseWorkflow(doc({ nodes: [node('a', { name: '🦊'.repeat(256) })] })).ok).toBe(true);
    expect(result.ok ? [] : result.problems.map((entry) => entry.path)).toEqual(['/nodes/0/name', '/nodes/1/name']);
  });

  it('[DOC6] refuses too many nodes', ({ expect }) => {
    expect(found(doc({ nodes: Array.from({ length: 20_001 }, () => node('a')) }))).toEqual(['too-many-nodes /nodes']);
  });

  it('[DOC7] caps the depth of parameters', ({ expect }) => {
    const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
    expect(parseWorkflow(doc({ nodes: [node('a', { parameters: deep(64) })] })).ok).toBe(true);
    expect(found(doc({ nodes: [node('a', { parameters: deep(65) })] }))).toEqual([
      `too-deep /nodes/0/parameters${'/a'.repeat(64)}`,
    ]);
    let endless: Record<string, unknown> = {};
    for (let level = 0; level < 100_000; level++) endless = { a: endless };
    expect(found(doc({ nodes: [node('a', { parameters: endless as never })] }))[0]).toMatch(/^too-deep /);
  });

  it('[DOC8] refuses edges to nowhere and repeated ones', ({ expect }) => {
    const nodes = [node('start', { type: 'manual' }), node('a'), node('b', { version: 'x' as never })];
    const edges = [edge('start', 'a'), edge('start', 'gone'), edge('gone', 'a'), edge('start', 'a'), edge('a', 'b')];
    expect(found(doc({ nodes, edges }))).toEqual([
      'wrong-type /nodes/2/version',
      'missing-node /edges/1/to/node',
      'missing-node /edges/2/from/node',
      'duplicate-edge /edges/3',
    ]);
  });

  it('[DOC8] tells edges apart by every part of their ends', ({ expect }) => {
    const nodes = [node('start', { type: 'manual' }), node('a', { type: 'merge' })];
    const ports = ['main', 'ab', 'a'].map((port) => edge('start', 'a', 0, 0, port));
    const split = { from: { node: 'id-start', port: 'a', index: 0 }, to: { node: 'id-a', port: 'bab', index: 0 } };
    const edges = [...ports, split, edge('start', 'a', 0, 1), edge('a', 'start')];
    expect(parseWorkflow(doc({ nodes, edges })).ok).toBe(true);
    expect(found(doc({ nodes, edges: [...edges, split] }))).toContain('duplicate-edge /edges/6');
  });

  it('[DOC9] knows time zones', ({ expect }) => {
    for (const timezone of ['UTC', 'America/New_York', 'Asia/Ho_Chi_Minh']) {
      expect(parseWorkflow(doc({ settings: { timezone } })).ok).toBe(true);
    }
    for (const timezone of ['', 'DEFAULT', 'Europe/Nowhere', 'constructor']) {
      expect(found(doc({ settings: { timezone } }))).toEqual(['unknown-timezone /settings/timezone']);
    }
  });

  it('[DOC10] checks pinned data', ({ expect }) => {
    const items = [{ json: {} }, { json: [] }, { binary: { __proto__: null, f: {} } }, { json: {}, pairedItem: -1 }];
    const pinned = [
      { node: 'id-start', items },
      { node: 'id-start', items: [] },
      { node: 'gone', items: [] },
    ] as never;
    expect(found(doc({ pinned }))).toEqual([
      'wrong-type /pinned/0/items/1/json',
      'missing /pinned/0/items/2/json',
      'missing /pinned/0/items/2/binary/f/mimeType',
      'not-an-object /pinned/0/items/3/pairedItem',
      'duplicate-pin /pinned/1/node',
      'missing-node /pinned/2/node',
    ]);
  });

  it('[DOC11] keeps nodes of unknown type', ({ expect }) => {
    const input = doc({ nodes: [node('start', { type: 'manual' }), node('x', { type: 'n8n-nodes-base.magic' })] });
    expect(parseWorkflow(input, { types })).toMatchObject({ ok: true, workflow: input });
    expect(found(input)).toEqual(['unknown-type /nodes/1/type']);
  });

  it('[DOC12] warns about loops nothing leaves', ({ expect }) => {
    const nodes = [node('start', { type: 'manual' }), node('a'), node('b', { type: 'if' }), node('c')];
    const loop = [edge('start', 'a'), edge('a', 'b'), edge('b', 'a')];
    const plain = nodes.map((entry) => (entry.name === 'b' ? { ...entry, type: 'set' } : entry));
    expect(found(doc({ nodes, edges: [...loop, edge('b', 'c', 1)] }))).toEqual([]);
    expect(found(doc({ nodes: nodes.slice(0, 3), edges: loop }))).toEqual([]);
    expect(found(doc({ nodes: plain, edges: [...loop, edge('b', 'c')] }))).toEqual(['endless-cycle /nodes/1']);
    const self = [edge('start', 'a'), edge('a', 'a')];
    expect(found(doc({ nodes: nodes.slice(0, 2), edges: self }))).toEqual(['endless-cycle /nodes/1']);
  });

  it('[DOC12] walks a ring of 20,000 nodes', ({ expect }) => {
    const ring = chain(20_000);
    ring.edges.push(edge('n19999', 'n1'));
    expect(found(ring)).toEqual(['endless-cycle /nodes/1']);
  });

  it('[DOC13] warns when nothing starts the workflow', ({ expect }) => {
    expect(found(doc({ nodes: [] }))).toEqual(['no-trigger /nodes']);
    expect(found(doc({ nodes: [node('start', { type: 'manual', disabled: true })] }))).toEqual(['no-trigger /nodes']);
    expect(found(doc({ nodes: [node('x', { type: 'mailTrigger' })] }))).toEqual(['unknown-type /nodes/0/type']);
    const two = ['one', 'two'].map((name) => node(name, { type: 'manual' }));
    expect(found(doc({ nodes: two }))).toEqual([]);
  });

  it('[DOC14] warns about nodes no trigger leads to', ({ expect }) => {
    const names = ['start', 'agent', 'model', 'alone', 'off'];
    const nodes = names.map((name) =>
      node(name, { type: name === 'start' ? 'manual' : 'set', disabled: name === 'off' }),
    );
    const edges = [edge('start', 'agent'), edge('model', 'agent', 0, 0, 'ai_languageModel')];
    expect(found(doc({ nodes, edges }))).toEqual(['unreachable /nodes/3']);
  });

  it('[DOC15] warns about ports a node has not', ({ expect }) => {
    const nodes = [
      node('start', { type: 'manual' }),
      node('a', { onError: 'error-output' }),
      node('m', { type: 'merge' }),
    ];
    const edges = [edge('start', 'a', 0, 1), edge('a', 'start'), edge('a', 'm', 1, 7), edge('start', 'm', 1)];
    expect(found(doc({ nodes, edges }))).toEqual([
      'missing-port /edges/0/to',
      'missing-port /edges/1/to',
      'missing-port /edges/3/from',
    ]);
  });

  it('[DOC16] checks 10,000 nodes in less than 200 ms', ({ expect }) => {
    const input = chain(10_000);
    // Processor time of this thread: other suites share the machine.
    const usage = () => (process.threadCpuUsage ?? process.cpuUsage)();
    const took = [1, 2, 3, 4].map(() => {
      const before = usage();
      expect(parseWorkflow(input, { types, outputsOf }).ok).toBe(true);
      const after = usage();
      return (after.user - before.user + after.system - before.system) / 1000;
    });
    expect(Math.min(...took)).toBeLessThan(200);
  });

  it('[DOC19] takes groups, and refuses members of one that is not there', ({ expect }) => {
    const grouped = doc({
      nodes: [node('start', { type: 'manual', group: '__proto__' }), node('a', { group: 'g' })],
      edges: [edge('start', 'a')],
      notes: [{ id: 'n', text: '', position: [0, 0], group: 'g' }],
      groups: [
        { id: '__proto__', name: '', color: 3, collapsed: true },
        { id: 'g', name: 'Second' },
      ],
    });
    expect(parseWorkflow(grouped, { types })).toEqual({ ok: true, workflow: grouped, warnings: [] });
    expect(found({ ...grouped, groups: [] })).toEqual([
      'missing-group /nodes/0/group',
      'missing-group /nodes/1/group',
      'missing-group /notes/0/group',
    ]);
    const [first] = grouped.groups ?? [];
    expect(found({ ...grouped, groups: [first, first, { id: 'g', name: 7, color: 1.5 }] })).toEqual(
      expect.arrayContaining([
        'duplicate-id /groups/1/id',
        'wrong-type /groups/2/name',
        'out-of-range /groups/2/color',
      ]),
    );
  });
});
