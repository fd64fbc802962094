import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import { parseWorkflow } from '../../graph/validate.ts';
import { exportN8n, importN8n, type TypeMapping } from './index.ts';

const types = new Map([
  ['n8n-nodes-base.set', { type: 'set', versions: [1, 3.4] }],
  ['n8n-nodes-base.httpRequest', { type: 'http-request', versions: [4.2] }],
]);

function raw(name: string, more: JsonObject = {}): JsonObject {
  return {
    parameters: {},
    id: `id-${name}`,
    name,
    type: 'n8n-nodes-base.set',
    typeVersion: 3.4,
    position: [0, 0],
    ...more,
  };
}

/** The one workflow of a file of these nodes. */
function read(nodes: Json[], more: JsonObject = {}) {
  const file = { name: 'w', nodes, connections: {}, settings: { executionOrder: 'v1' }, ...more };
  const result = importN8n(file, { types });
  const first = result.workflows[0];
  if (!first) throw new Error(JSON.stringify(result.problems));
  return { ...first, file };
}

const readNode = (more: JsonObject) => read([raw('a', more)]).workflow.nodes[0];
const target = (node: string, type = 'main', index = 0) => ({ node, type, index });

describe('importN8n', () => {
  it('[N8N1] finds workflows however they are wrapped', ({ expect }) => {
    const one = { nodes: [raw('a')], connections: {} };
    const names = (input: unknown) => importN8n(input, { types }).workflows.map((entry) => entry.workflow.name);
    expect(names({ ...one, name: 'x' })).toEqual(['x']);
    expect(
      names([
        { ...one, name: 'x' },
        { ...one, name: 'y' },
      ]),
    ).toEqual(['x', 'y']);
    expect(names({ workflow: one })).toEqual(['Imported workflow']);
    expect(names({ workflow: { name: 'gallery', workflow: one } })).toEqual(['gallery']);
    expect(names({ data: [{ ...one, name: 'x' }], nextCursor: null })).toEqual(['x']);
    expect(names(JSON.stringify({ ...one, name: 'clip' }))).toEqual(['clip']);
    for (const input of [null, 1, 'text', '[', {}, [], { nodes: {} }, { workflow: [1, null] }]) {
      expect(importN8n(input, { types })).toMatchObject({
        workflows: [],
        problems: [{ code: 'no-workflow', path: '' }],
      });
    }
  });

  it('[N8N2] refuses what no document can hold', ({ expect }) => {
    const many = Array.from({ length: 20_001 }, (_, at) => raw(`n${at}`));
    expect(importN8n([{ nodes: many }], { types }).problems).toMatchObject([{ code: 'too-many-nodes', path: '/0' }]);
    let deep: Json = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(importN8n({ nodes: [raw('a', { parameters: { deep } })] }, { types }).problems).toMatchObject([
      { code: 'too-deep' },
    ]);
    for (let level = (deep = 0); level < 100; level++) deep = [deep];
    const { workflow, report, file } = read([raw('a', { parameters: { deep } })]);
    expect(workflow.nodes[0]?.parameters).toEqual({});
    expect(report.nodes[0]).toMatchObject({ status: 'changed', reason: expect.stringContaining('deeper than 64') });
    expect(exportN8n(workflow)).toEqual(file);
  });

  it('[N8N3] makes ids where the file has none of use', ({ expect }) => {
    const nodes = [raw('a', { id: 'x' }), raw('b', { id: 'x' }), raw('c', { id: null }), raw('d', { id: 7 })];
    const { id: _, ...without } = raw('e');
    const ids = () => read([...nodes, without]).workflow.nodes.map((node) => node.id);
    expect(ids()).toEqual(['x', 'x1', 'n8n-2', '7', 'n8n-4']);
    expect(ids()).toEqual(ids());
  });

  it('[N8N4] renames repeated names; connections stay with the first', ({ expect }) => {
    const nodes = ['Set', 'Set', 'Set1', 'Set', ''].map((name, at) => raw(name, { id: `${at}` }));
    const { workflow, report, file } = read(nodes, { connections: { Set: { main: [[target('Set1')]] } } });
    expect(workflow.nodes.map((node) => node.name)).toEqual(['Set', 'Set1', 'Set2', 'Set3', 'Set4']);
    expect(workflow.edges.map((edge) => [edge.from.node, edge.to.node])).toEqual([['0', '2']]);
    expect(report.nodes.map((node) => node.status)).toEqual(['runs', 'changed', 'changed', 'changed', 'runs']);
    // Its name was mended and an edge refers to it, so the whole list of nodes is kept to give the file back.
    expect(exportN8n(workflow)).toEqual(file);
    const long = read([raw('🦊'.repeat(500_000))]).workflow.nodes[0]?.name ?? '';
    expect(long.startsWith('🦊🦊')).toBe(true);
    expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(1_024);
  });

  it('[N8N5] maps known types and keeps unknown ones', ({ expect }) => {
    expect(readNode({ typeVersion: '3.4' })).toMatchObject({ type: 'set', version: 3.4 });
    expect(readNode({ type: 'acme.magic', typeVersion: null })).toMatchObject({ type: 'acme.magic', version: 1 });
    expect(readNode({ type: 'constructor' })).toMatchObject({ type: 'constructor' });
    expect(readNode({ type: 7 })).toMatchObject({ type: 'unknown' });
  });

  it('[N8N6] reads the flags of nodes', ({ expect }) => {
    expect(readNode({ onError: 'continueErrorOutput', continueOnFail: true })?.onError).toBe('error-output');
    expect(readNode({ onError: 'stopWorkflow' })?.onError).toBe('stop');
    expect(readNode({ continueOnFail: true })?.onError).toBe('continue');
    expect(readNode({ onError: 'explode', continueOnFail: false })?.onError).toBeUndefined();
    expect(readNode({ retryOnFail: true })?.retry).toEqual({ maxTries: 3, waitMs: 1000 });
    expect(readNode({ retryOnFail: true, maxTries: 99, waitBetweenTries: -1 })?.retry).toEqual({
      maxTries: 5,
      waitMs: 0,
    });
    expect(readNode({ retryOnFail: true, maxTries: 1, waitBetweenTries: 9e9 })?.retry).toEqual({
      maxTries: 2,
      waitMs: 5000,
    });
    expect(readNode({ retryOnFail: false, maxTries: 4 })?.retry).toBeUndefined();
    const flags = { alwaysOutputData: true, executeOnce: true, disabled: true, notes: 'why', webhookId: 'hook' };
    expect(readNode(flags)).toMatchObject({
      alwaysOutput: true,
      executeOnce: true,
      disabled: true,
      notes: 'why',
      webhookId: 'hook',
    });
    expect(readNode({ credentials: { slackApi: 'mine', http: { id: '1', name: 'x' }, odd: 3 } })?.credentials).toEqual({
      slackApi: { name: 'mine' },
      http: { id: '1', name: 'x' },
    });
    expect(read([raw('a'), raw('b', { position: 'x' })]).workflow.nodes[1]?.position).toEqual([330, 0]);
  });

  it('[N8N7] reads connections and leaves out what leads nowhere', ({ expect }) => {
    const { workflow, report, file } = read([raw('a'), raw('b'), raw('m')], {
      connections: {
        a: { main: [null, [target('b'), null, target('gone'), target('b')], [{ node: 'm', index: '1' }]], odd: 7 },
        m: { ai_tool: [[target('b', 'ai_tool')]] },
        gone: { main: [[target('a')]] },
        b: { main: [[target('a', 'main', 256), target('a', 'main', 0.5)]] },
      },
    });
    expect(workflow.edges).toEqual([
      { from: { node: 'id-a', port: 'main', index: 1 }, to: { node: 'id-b', port: 'main', index: 0 } },
      { from: { node: 'id-a', port: 'main', index: 2 }, to: { node: 'id-m', port: 'main', index: 1 } },
      { from: { node: 'id-m', port: 'ai_tool', index: 0 }, to: { node: 'id-b', port: 'ai_tool', index: 0 } },
    ]);
    expect(report.counts.unusableEdges).toBe(6);
    expect(exportN8n(workflow)).toEqual(file);
  });

  it('[N8N8] reads settings', ({ expect }) => {
    const settings = (value: Json) => read([], { settings: value }).workflow.settings;
    for (const none of [null, 'x', [], {}, { executionOrder: 'parallel' }]) {
      expect(settings(none)).toEqual({ executionOrder: 'v0' });
    }
    expect(importN8n({ nodes: [] }, { types }).workflows[0]?.workflow.settings).toEqual({ executionOrder: 'v0' });
    const known = { executionOrder: 'v1', timezone: 'Asia/Kolkata', errorWorkflow: 'id', executionTimeout: 90 };
    expect(settings({ ...known, callerPolicy: 'any' })).toEqual({
      executionOrder: 'v1',
      timezone: 'Asia/Kolkata',
      errorWorkflow: 'id',
      timeoutMs: 90_000,
    });
    const odd = { executionOrder: 'v1', timezone: 'DEFAULT', errorWorkflow: '', executionTimeout: -1 };
    expect(settings(odd)).toEqual({ executionOrder: 'v1' });
    expect(read([], { settings: { timezone: 'Mars' } }).report.notes).toContainEqual(expect.stringContaining('"Mars"'));
  });

  it('[N8N9] takes sticky notes off the nodes', ({ expect }) => {
    const sticky = raw('Sticky Note', {
      type: 'n8n-nodes-base.stickyNote',
      parameters: { content: '# hi', width: 300, height: '200', color: 4, other: 1 },
      position: [5, 6],
    });
    const { workflow, report, file } = read([sticky, raw('a'), 'junk', raw('b')]);
    expect(workflow.notes).toEqual([
      { id: 'id-Sticky Note', text: '# hi', position: [7.5, 6], width: 450, height: 200, color: 4 },
    ]);
    expect(report.counts).toMatchObject({ nodes: 2, notes: 1 });
    expect(exportN8n(workflow)).toEqual(file);
  });

  it("[N8N9] keeps a colour of a note's own, and gives it back until another is chosen", ({ expect }) => {
    const sticky = (color: string) =>
      raw(color, { type: 'n8n-nodes-base.stickyNote', parameters: { content: '', color }, position: [0, 0] });
    const { workflow, file } = read([sticky('#1aF'), sticky('#A0b1C2'), sticky('red'), sticky('#12345')]);
    expect(workflow.notes.map(({ color }) => color)).toEqual(['#1aF', '#A0b1C2', undefined, undefined]);
    expect(exportN8n(workflow)).toEqual(file);
    expect(parseWorkflow(workflow)).toMatchObject({ ok: true, workflow: { notes: workflow.notes } });
    const [first, ...others] = workflow.notes;
    if (first) workflow.notes = [{ ...first, color: 3 }, ...others];
    expect((exportN8n(workflow)['nodes'] as { parameters: object }[])[0]?.parameters).toMatchObject({ color: 3 });
  });

  it('[N8N10] reads pinned data', ({ expect }) => {
    const { workflow, file } = read([raw('a'), raw('b'), raw('c')], {
      pinData: {
        a: [{ x: 1 }, { x: 2 }],
        b: [
          {
            json: { x: 1 },
            binary: {
              f: { mimeType: 'text/plain', data: 'aGk=', id: 'stolen', fileSize: '2 B' },
              g: { mimeType: 'a/b', id: 'stolen' },
            },
            pairedItem: { item: 0, input: 1, sourceOverwrite: {} },
          },
          'text',
        ],
        c: 'junk',
        gone: [],
      },
    });
    expect(workflow.pinned).toEqual([
      { node: 'id-a', items: [{ json: { x: 1 } }, { json: { x: 2 } }] },
      {
        node: 'id-b',
        items: [
          {
            json: { x: 1 },
            binary: { f: { mimeType: 'text/plain', data: 'aGk=' } },
            pairedItem: { item: 0, input: 1 },
          },
          { json: { data: 'text' } },
        ],
      },
    ]);
    expect(exportN8n(workflow)).toEqual(file);
  });

  it('[N8N11] says what becomes of each node', ({ expect }) => {
    const { report } = read([
      raw('runs'),
      raw('old', { typeVersion: 2 }),
      raw('cred', { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, credentials: { httpBasicAuth: 'x' } }),
      raw('auth', {
        type: 'n8n-nodes-base.httpRequest',
        typeVersion: 4.2,
        parameters: { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' },
      }),
      raw('none', { type: 'acme.magic', credentials: { acme: 'x' } }),
      raw('odd', { parameters: [] }),
    ]);
    expect(report.nodes.map((node) => [node.name, node.status, node.reason])).toEqual([
      ['runs', 'runs', undefined],
      ['old', 'changed', 'It was written for version 2; here are 1, 3.4.'],
      ['cred', 'needs-credential', 'Choose a credential: httpBasicAuth.'],
      ['auth', 'needs-credential', 'Choose a credential: httpHeaderAuth.'],
      ['none', 'needs-connector', 'No connector runs nodes of this type yet.'],
      ['odd', 'changed', 'Its parameters cannot be used: They are not an object.'],
    ]);
    expect(report.counts).toMatchObject({ nodes: 6, runs: 1, changed: 2, 'needs-credential': 2, 'needs-connector': 1 });
  });

  it('[N8N16] says what placeholders can be bound to, with templates; suppliers cannot', ({ expect }) => {
    const template = (type: string) => ({ type, parameters: {} });
    const bindable = { trigger: [template('webhook')], step: [template('http-request'), template('fixed-items')] };
    const file = {
      nodes: [
        raw('start', { type: 'acme.startTrigger' }),
        raw('do', { type: 'acme.do' }),
        raw('model', { type: 'acme.model' }),
        raw('set'),
      ],
      connections: {
        start: { main: [[target('do')]] },
        do: { main: [[target('set')]] },
        model: { ai_languageModel: [[target('do', 'ai_languageModel')]] },
      },
    };
    const { report } = importN8n(file, { types, bindable }).workflows[0] ?? {};
    expect(report?.nodes.map(({ name, bind }) => [name, bind])).toEqual([
      ['start', ['webhook']],
      ['do', ['http-request', 'fixed-items']],
      ['model', undefined],
      ['set', undefined],
    ]);
    expect(report?.nodes[2]?.reason).toBe('It supplies another node. No connector runs nodes of this type yet.');
    expect(Object.keys(report?.bindings ?? {})).toEqual(['webhook', 'http-request', 'fixed-items']);
    expect(importN8n({ nodes: [raw('set')] }, { types, bindable }).workflows[0]?.report.bindings).toEqual({});
  });

  it('[N8N17] lists expressions that cannot run, with place and reason', ({ expect }) => {
    const { report } = read([raw('a', { parameters: { 'x/y': [{ b: '={{ $json.ok }} {{ 1 + }}' }] } })]);
    expect(report.expressions).toEqual([
      { node: 'id-a', path: '/parameters/x~1y/0/b', position: 23, message: 'Syntax error: Unexpected token' },
    ]);
    expect(
      read([raw('a', { parameters: { l: Array.from({ length: 200 }, () => '={{ ( }}') } })]).report.expressions,
    ).toHaveLength(100);
    const names = read([raw('a', { parameters: { x: "={{ $('a').item.json.x }} {{ $('gone').first() }}" } })]);
    expect(names.report.expressions).toEqual([
      {
        node: 'id-a',
        path: '/parameters/x',
        position: 32,
        message: "There is no node called 'gone' in this workflow.",
      },
    ]);
  });

  it('[N8N18] what a type cannot do, or never does as n8n, is said', ({ expect }) => {
    const own = new Map<string, TypeMapping>([
      ['acme.a', { type: 'set', versions: [3.4], differs: 'Its rows are other rows.' }],
      ...types,
    ]);
    const refusal = ({ name }: { name: string }) => (name === 'no' ? 'SQL is not available.' : undefined);
    const { report } =
      importN8n({ nodes: [raw('a', { type: 'acme.a' }), raw('no')] }, { types: own, refusal }).workflows[0] ?? {};
    expect(report?.nodes.map(({ status, reason }) => [status, reason])).toEqual([
      ['changed', 'Its rows are other rows.'],
      ['needs-connector', 'It cannot run as it is: SQL is not available.'],
    ]);
  });

  it('[N8N11] leftover credentials of a node that is told to use none are no need', ({ expect }) => {
    const own = new Map([['acme.http', { type: 'http-request', versions: [1], choosesAuthentication: true }]]);
    const status = (parameters: JsonObject) =>
      importN8n(
        { nodes: [raw('a', { type: 'acme.http', typeVersion: 1, parameters, credentials: { c: { id: '1' } } })] },
        { types: own },
      ).workflows[0]?.report.nodes[0]?.status;
    expect(status({})).toBe('runs');
    expect(status({ authentication: 'none' })).toBe('runs');
    expect(status({ authentication: 'genericCredentialType' })).toBe('needs-credential');
  });

  it('[N8N11] asks for the credential a node cannot do without, and says when its kind cannot be kept', ({
    expect,
  }) => {
    const mail = { type: 'email-send', versions: [1], credential: () => 'smtp' };
    const http = { type: 'http-request', versions: [1], choosesAuthentication: true };
    const parameters = { authentication: 'predefinedCredentialType', nodeCredentialType: 'googleDocsOAuth2Api' };
    const nodes = [
      raw('mail', { type: 'acme.mail', typeVersion: 1 }),
      raw('docs', { type: 'acme.http', typeVersion: 1, parameters }),
      raw('ai', { type: 'acme.http', typeVersion: 1, parameters: { ...parameters, nodeCredentialType: 'openAiApi' } }),
    ];
    const ours = new Map<string, TypeMapping>([
      ['acme.mail', mail],
      ['acme.http', http],
    ]);
    const { report } =
      importN8n({ nodes }, { types: ours, credentialTypes: new Set(['openAiApi']) }).workflows[0] ?? {};
    expect(report?.nodes.map(({ status, reason }) => [status, reason])).toEqual([
      ['needs-credential', 'Choose a credential: smtp.'],
      [
        'needs-credential',
        'Choose a credential: googleDocsOAuth2Api. Or choose generic authentication: credentials of that type cannot be kept here yet.',
      ],
      ['needs-credential', 'Choose a credential: openAiApi.'],
    ]);
  });

  it('[N8N14] takes hostile names as names', ({ expect }) => {
    const file = JSON.parse(`{"name":"constructor","__proto__":{"polluted":1},"nodes":[
      {"name":"__proto__","type":"n8n-nodes-base.set","typeVersion":3.4,"id":"__proto__","position":[0,0],
       "parameters":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1},"credentials":{"__proto__":"x"}},
      {"name":"constructor","type":"__proto__","typeVersion":1,"id":"constructor","position":[0,0],"parameters":{}}],
      "connections":{"__proto__":{"main":[[{"node":"constructor","type":"main","index":0}]],"__proto__":[[{"node":"__proto__","type":"__proto__","index":0}]]},
        "toString":{"__proto__":[[]]}},
      "settings":{"executionOrder":"v1","__proto__":{"polluted":1}},
      "pinData":{"__proto__":[{"json":{"__proto__":1}}],"valueOf":[]}}`) as JsonObject;
    const { workflow } = importN8n(file, { types }).workflows[0] ?? {};
    expect(workflow?.edges.map((edge) => [edge.from.node, edge.from.port, edge.to.node])).toEqual([
      ['__proto__', 'main', 'constructor'],
      ['__proto__', '__proto__', '__proto__'],
    ]);
    expect(workflow?.pinned.map((pin) => pin.node)).toEqual(['__proto__']);
    // As text: matchers may look through __proto__ instead of at it.
    const sorted = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? Array.isArray(value)
          ? value.map(sorted)
          : value
        : Object.entries(value)
            .map(([key, entry]) => [key, sorted(entry)])
            .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    const stored = JSON.parse(JSON.stringify(workflow));
    expect(JSON.stringify(sorted(exportN8n(stored)))).toBe(JSON.stringify(sorted(file)));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
