import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Workflow } from '../../core/graph/document.ts';
import { Canary } from '../served/canary.ts';
import { chain, hook, manual, node, respond, set, workflow } from '../served/documents.ts';
import { Server, itemsOf, readAnswer } from '../served/server.ts';

let server: Server;
let canary: Canary;
beforeAll(async () => {
  server = await Server.start();
  canary = await Canary.of(server);
  await server.publish(chain('Echo', [hook('echo', 'responseNode'), respond()]));
});
afterAll(() => server.stop());

const deepList = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const deepObject = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
const MB = 1024 * 1024;

/** Every refusal is problem+json with a code, a status and an id to ask about. */
const named = (answer: { status: number; headers: Headers; json: unknown }): { status: number; code: unknown } => {
  const type = answer.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) throw new Error(`${answer.status} without a problem: ${type}`);
  const { code, status } = answer.json as { code?: unknown; status?: unknown };
  if (status !== answer.status) throw new Error(`the problem says ${String(status)}, the answer ${answer.status}`);
  return { status: answer.status, code };
};

describe('broken and oversized bodies', () => {
  it.for(['{', '{"a":}', 'null x', '{"a":1,}', "{'a':1}", '"\\ud800', '[1 2]', '01', '\u0000'])(
    'refuses %j as JSON, at the API and at a webhook',
    async (text, { expect }) => {
      await canary.during(async () => {
        for (const path of ['/v1/workflows', '/v1/workflows/import', '/v1/workflows/validate']) {
          expect(named(await server.api('POST', path, { text }))).toEqual({ status: 400, code: 'json-invalid' });
        }
        expect(named(await server.hook('echo', undefined, { text }))).toMatchObject({ status: 400 });
      });
    },
  );

  it('refuses invalid UTF-8 at the API', async ({ expect }) => {
    const body = Uint8Array.from([0x22, 0xff, 0xfe, 0x22]);
    const headers = { authorization: `Bearer ${server.ready.apiKey}`, 'content-type': 'application/json' };
    const answer = await fetch(`${server.ready.url}/v1/workflows`, { method: 'POST', headers, body });
    expect(named(await readAnswer(answer))).toEqual({ status: 400, code: 'json-invalid' });
  });

  it('refuses more than 10 MB, declared or not, at the API and at a webhook', async ({ expect }) => {
    await canary.during(async () => {
      const text = `{"a":"${'x'.repeat(10 * MB)}"}`;
      const bytes = new TextEncoder().encode(text);
      const stream = (): ReadableStream<Uint8Array> =>
        new ReadableStream({
          start(controller) {
            for (let at = 0; at < bytes.length; at += 65_536) controller.enqueue(bytes.subarray(at, at + 65_536));
            controller.close();
          },
        });
      const headers = { authorization: `Bearer ${server.ready.apiKey}`, 'content-type': 'application/json' };
      for (const address of [`${server.ready.url}/v1/workflows/import`, server.hookAddress('echo')]) {
        for (const body of [text, stream()]) {
          const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
          expect(named(await readAnswer(await fetch(address, init)))).toEqual({ status: 413, code: 'body-too-large' });
        }
      }
    });
  });

  it('takes a body just below the limit, and answers it', async ({ expect }) => {
    const big = 'x'.repeat(9 * MB);
    const answer = await server.hook('echo', { big });
    expect(answer.status).toBe(200);
    expect(answer.json?.['body']).toEqual({ big });
  });

  it.for([1_000, 100_000])('refuses %d levels of nesting everywhere', async (depth, { expect }) => {
    await canary.during(async () => {
      for (const text of [deepList(depth), deepObject(depth)]) {
        for (const path of ['/v1/workflows', '/v1/workflows/import', '/v1/workflows/validate']) {
          const wrapped = path.endsWith('import') ? `{"nodes":[],"connections":{},"x":${text}}` : text;
          expect(named(await server.api('POST', path, { text: wrapped }))).toEqual({
            status: 400,
            code: 'json-too-deep',
          });
        }
        expect(named(await server.hook('echo', undefined, { text })).status).toBe(400);
        const headers = { 'content-type': 'application/vnd.x+json' };
        expect(named(await server.hook('echo', undefined, { text, headers })).status).toBe(400);
      }
      const nested = JSON.parse(deepObject(200)) as never;
      const document = chain('Deep', [manual(), node('deep', 'no-op', 1, nested)]);
      expect(named(await server.api('POST', '/v1/workflows', { body: document })).code).toBe('document-invalid');
    });
  });

  it('runs a hook body of 250 levels and shows the run', async ({ expect }) => {
    const answer = await server.hook('echo', undefined, { text: deepObject(250) });
    expect(answer.status).toBe(200);
    const run = await server.run(answer.headers.get('x-millrace-run') ?? '');
    expect(run.status).toBe('success');
  });

  it('takes 20,000 query parameters and repeated keys without losing other runs', async ({ expect }) => {
    await canary.during(async () => {
      const many = Array.from({ length: 800 }, (_, index) => `k${index}=${index}`).join('&');
      const answer = await server.hook(`echo?${many}&a=1&a=2&a=3&__proto__=x&__proto__=y&constructor=z`);
      expect(answer.status).toBe(200);
      const query = answer.json?.['query'] as Record<string, unknown>;
      expect(Object.keys(query).length).toBe(803);
      expect(query['a']).toEqual(['1', '2', '3']);
      expect(Object.getOwnPropertyDescriptor(query, '__proto__')?.value).toEqual(['x', 'y']);
      const endless = Array.from({ length: 20_000 }, (_, index) => `k${index}=${index}`).join('&');
      // workerd may refuse the line itself; it must not break.
      expect([200, 400, 413, 414, 431]).toContain((await server.hook(`echo?${endless}`)).status);
    });
  });

  it('keeps the last of repeated keys in a body and pollutes nothing with __proto__', async ({ expect }) => {
    const text = '{"a":1,"a":2,"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}';
    await server.publish(
      chain('Pollution', [
        hook('pollution', 'responseNode'),
        set('copy', {
          'x.__proto__.polluted': 'yes',
          'constructor.prototype.polluted': 'yes',
          __proto__: '={{ $json.body.__proto__ }}',
          merged: '={{ JSON.stringify(Object.assign({}, $json.body)) }}',
        }),
        node('rename', 'rename-keys', 1, { keys: { key: [{ currentKey: 'merged', newKey: '__proto__.polluted' }] } }),
        respond(),
      ]),
    );
    await canary.during(async () => {
      const echoed = await server.hook('echo', undefined, { text });
      expect(echoed.text).toContain('"__proto__":{"polluted":"yes"}');
      expect(echoed.json?.['body']).toMatchObject({ a: 2 });
      expect((await server.hook('pollution', undefined, { text })).status).toBeLessThan(501);
    });
  });

  it('takes forms with odd file names, missing names and no end', async ({ expect }) => {
    const part = (head: string, text: string): string =>
      `--b\r\ncontent-disposition: form-data${head}\r\n\r\n${text}\r\n`;
    const form = (parts: string): Promise<{ status: number; text: string }> =>
      server.hook('echo', undefined, { text: parts, headers: { 'content-type': 'multipart/form-data; boundary=b' } });
    await canary.during(async () => {
      const odd = ['../../etc/passwd', 'a\\"b', '.', '', 'x'.repeat(2_000), '%00', 'ü😀.png', 'CON', 'a/b\\c'];
      const files = odd.map((name, index) => part(`; name="f${index}"; filename="${name}"`, `file ${index}`)).join('');
      const fields = part('; name="__proto__"', 'field') + part('; name="constructor"', 'c');
      const answer = await form(`${files}${fields}--b--\r\n`);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('"__proto__":"field"');
      for (const broken of [
        '',
        part('; name=""', 'empty'),
        '--b',
        '--b\r\n\r\n',
        part('', 'no name'),
        part('; name="a"', 'x'),
        'no boundary at all',
      ]) {
        expect([200, 400]).toContain((await form(broken)).status);
      }
      const headers = { 'content-type': 'multipart/form-data' };
      expect(named(await server.hook('echo', undefined, { text: 'x', headers })).status).toBe(400);
    });
  });

  it('survives 1,001 form parts and content types that are none', async ({ expect }) => {
    const text = `${'--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx\r\n'.repeat(1_001)}--b--\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    expect(named(await server.hook('echo', undefined, { text, headers })).code).toBe('input-invalid');
    for (const type of [
      'text/',
      '/',
      'application/json; charset=nonsense',
      'a'.repeat(3_000),
      'multipart/x; boundary=',
    ]) {
      const answer = await server.hook('echo', undefined, { text: '{"a":1}', headers: { 'content-type': type } });
      expect([200, 400, 415]).toContain(answer.status);
    }
  });
});

describe('hostile documents', () => {
  const NAMES = [
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    '😀👩‍👩‍👧',
    ' ',
    '"\'`${}{{',
    'a\nb',
    '\u202e',
    '../..',
    '<b>',
  ];

  it('runs nodes with hostile names, ids and references to them', async ({ expect }) => {
    const nodes = NAMES.map((name, index) => ({
      ...set(name, {
        [`at${index}`]: index,
        seen: index === 0 ? 'start' : `={{ $(${JSON.stringify(NAMES[index - 1])}).first().json.at${index - 1} }}`,
      }),
    }));
    const id = await server.publish(chain('Names', [manual(), ...nodes]));
    const run = await canary.during(() => server.start(id, { input: {} }));
    expect({ status: run.status, error: run.error }).toEqual({ status: 'success', error: undefined });
    expect(run.nodes.map((step) => step.node)).toEqual(['start', ...NAMES]);
    const last = itemsOf(run, NAMES.at(-1) ?? '')[0];
    expect(last?.['seen']).toBe(String(NAMES.length - 2));
  });

  it('keeps hostile names over import, export of the draft and publishing', async ({ expect }) => {
    const file = {
      name: '__proto__',
      nodes: NAMES.map((name, index) => ({
        id: `id-${index}`,
        name,
        type: index === 0 ? 'n8n-nodes-base.manualTrigger' : 'n8n-nodes-base.noOp',
        typeVersion: 1,
        position: [index * 10, 0],
        parameters: {},
      })),
      connections: Object.fromEntries(
        NAMES.slice(1).map((name, index) => [NAMES[index] ?? '', { main: [[{ node: name, type: 'main', index: 0 }]] }]),
      ),
    };
    const imported = await server.ok('POST', '/v1/workflows/import', file);
    await server.ok('POST', `/v1/workflows/${String(imported['id'])}/publish`);
    const run = await server.start(String(imported['id']), { input: {} });
    expect(run.status).toBe('success');
    expect(run.nodes.map((step) => step.nodeName)).toEqual(NAMES);
  });

  const invalid = async (document: unknown): Promise<string[]> => {
    const answer = await server.api('POST', '/v1/workflows', { body: document });
    if (answer.status < 300) return [];
    if (named(answer).code !== 'document-invalid') throw new Error(answer.text.slice(0, 500));
    return ((answer.json?.['errors'] ?? []) as unknown as { code: string }[]).map(({ code }) => code);
  };

  it('names duplicate, empty and over-long names and ids', async ({ expect }) => {
    const two = (first: object, second: object): Workflow =>
      workflow(
        'Two',
        [
          { ...manual(), ...first },
          { ...node('b', 'no-op', 1), ...second },
        ],
        [],
      );
    expect(await invalid(two({}, { name: 'start' }))).not.toEqual([]);
    expect(await invalid(two({}, { id: 'start' }))).not.toEqual([]);
    expect(await invalid(two({}, { name: '' }))).toContain('empty-name');
    expect(await invalid(two({}, { id: '' }))).toContain('empty-name');
    expect(await invalid(two({}, { name: 'x'.repeat(MB) }))).toContain('name-too-long');
    expect(await invalid(two({}, { name: '😀'.repeat(300) }))).toContain('name-too-long');
    expect(
      await invalid({
        ...two({}, {}),
        edges: [{ from: { node: 'start', port: 'main', index: 1e9 }, to: { node: 'b', port: 'main', index: 0 } }],
      }),
    ).not.toEqual([]);
    expect(
      await invalid({
        ...two({}, {}),
        edges: [{ from: { node: 'nowhere', port: 'main', index: 0 }, to: { node: 'b', port: 'main', index: 0 } }],
      }),
    ).not.toEqual([]);
  });

  it.for([
    [null],
    [1],
    ['text'],
    [[]],
    [{}],
    [{ schema: 1 }],
    [{ schema: 99, name: 'x', nodes: [], edges: [] }],
    [{ nodes: {}, edges: 5 }],
  ])('refuses %j as a document', async ([body], { expect }) => {
    expect(named(await server.api('POST', '/v1/workflows', { body })).status).toBe(400);
  });

  it.for([
    [null],
    [1],
    ['text'],
    [[]],
    [[null]],
    [{}],
    [{ nodes: null }],
    [{ nodes: [], connections: [] }],
    [{ nodes: [1, null, {}], connections: { a: { main: 'x' } } }],
  ])('imports or refuses %j, by name', async ([body], { expect }) => {
    const answer = await server.api('POST', '/v1/workflows/import', { body });
    if (answer.status >= 300) expect(named(answer).status).toBe(400);
    else expect(answer.json?.['report']).toBeDefined();
  });

  it('keeps unknown node types, reports them at import and stops a run that reaches them', async ({ expect }) => {
    const file = {
      name: 'Unknown',
      nodes: [
        { id: 'a', name: 'Go', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
        {
          id: 'b',
          name: 'Mystery',
          type: '@acme/n8n-nodes-nothing.mystery',
          typeVersion: 7,
          position: [1, 0],
          parameters: { secretSauce: { __proto__: 1, deep: [1, 2] } },
        },
      ],
      connections: { Go: { main: [[{ node: 'Mystery', type: 'main', index: 0 }]] } },
    };
    const imported = await server.ok('POST', '/v1/workflows/import', file);
    expect(JSON.stringify(imported['report'])).toContain('@acme/n8n-nodes-nothing.mystery');
    const id = String(imported['id']);
    const kept = JSON.stringify(await server.ok('GET', `/v1/workflows/${id}`));
    expect(kept).toContain('secretSauce');
    await server.api('POST', `/v1/workflows/${id}/publish`);
    const run = await server.start(id, { input: {} });
    expect(run.status).toBe('error');
    expect(run.error?.code).toBe('unknown-node-type');
    expect(run.error?.message).toContain('@acme/n8n-nodes-nothing.mystery');
  });

  it('stops a cycle without an exit as too-many-steps', async ({ expect }) => {
    const circle = workflow(
      'Circle',
      [manual(), node('a', 'no-op', 1), node('b', 'no-op', 1)],
      [
        ['start', 'a'],
        ['a', 'b'],
        ['b', 'a'],
      ],
    );
    const id = await server.publish(circle);
    const run = await canary.during(() => server.start(id, { input: {} }));
    expect(run.status).toBe('error');
    expect(run.error?.code).toBe('too-many-steps');
    expect(run.error?.message).toMatch(/maxSteps/);
  });

  it('stops a workflow that calls itself without end as call-too-deep', async ({ expect }) => {
    const id = await server.create(chain('Self', [manual(), node('call', 'execute-workflow', 1.1, {})]));
    const self = chain('Self', [manual(), node('call', 'execute-workflow', 1.1, { workflowId: id, options: {} })]);
    await server.ok('PUT', `/v1/workflows/${id}`, self);
    await server.ok('POST', `/v1/workflows/${id}/publish`);
    const run = await canary.during(() => server.start(id, { input: {} }));
    expect(run.status).toBe('error');
    expect(run.error?.message).toContain('deep');
  });
});
