import { afterAll, beforeAll, describe, it } from 'vitest';
import { NODES } from '../../core/nodes/registry.generated.ts';
import { startStub } from '../bench/http-stub.ts';
import { loadWorkloads } from '../bench/workloads.ts';
import { Server, readAnswer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.stop());

/** As GitHub documents it, with the members a workflow reads. */
const PUSH = {
  ref: 'refs/heads/main',
  before: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
  after: '0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c',
  repository: { id: 186853002, name: 'Hello-World', full_name: 'Codertocat/Hello-World', private: false },
  pusher: { name: 'Codertocat', email: 'codertocat@example.com' },
  commits: [{ id: '0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c', message: 'Grüße 😀', added: ['a.txt'], modified: [] }],
};

describe('the first minute', () => {
  it('answers a real GitHub push at the quick-start webhook, and lists its run', async ({ expect }) => {
    const text = JSON.stringify(PUSH);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/044aadd',
      'x-github-event': 'push',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
    };
    const answer = await readAnswer(await fetch(server.ready.hookUrl, { method: 'POST', headers, body: text }));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ received: true });
    const run = await server.run(answer.headers.get('x-millrace-run') ?? '');
    expect(run.status).toBe('success');
    const [first] = run.nodes[0]?.outputs[0] ?? [];
    expect(first?.json).toMatchObject({ body: JSON.parse(text) as object, headers: { 'x-github-event': 'push' } });
  });

  it('answers the five workloads of the benchmark right', async ({ expect, skip }) => {
    const workloads = await loadWorkloads();
    if (!workloads) return skip('../shared/bench is not there');
    const stub = await startStub();
    try {
      for (const { name, file, body, check } of workloads) {
        const { id } = await server.ok('POST', '/v1/workflows/import', JSON.parse(file));
        const published = await server.ok('POST', `/v1/workflows/${String(id)}/publish`);
        const [hook] = published['hooks'] as { url: string }[];
        const headers = { 'content-type': 'application/json' };
        const answer = await readAnswer(await fetch(hook?.url ?? '', { method: 'POST', headers, body }));
        expect([name, answer.status, check(answer.json)], answer.text.slice(0, 300)).toEqual([name, 200, true]);
      }
    } finally {
      stub.stop();
    }
  });
});

describe('the OpenAPI document', () => {
  interface Operation {
    operationId?: string;
    parameters?: { name: string; in: string }[];
    responses?: Record<string, unknown>;
    security?: unknown;
  }

  it('describes every route, with its parameters and answers, and nothing that is not there', async ({ expect }) => {
    const document = (await server.ok('GET', '/openapi.json')) as unknown as {
      openapi: string;
      paths: Record<string, Record<string, Operation>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(operations.length).toBeGreaterThan(25);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => name);
      expect(declared.sort(), `${method} ${path}`).toEqual(named.sort());
      expect(Object.keys(operation.responses ?? {}).length, `${method} ${path}`).toBeGreaterThan(0);
      // Without a key it is refused: so it exists, and it is not open.
      const answer = await fetch(server.ready.url + path.replaceAll(/\{\w+\}/g, 'x'), { method: method.toUpperCase() });
      expect(answer.status, `${method} ${path}`).toBe(401);
    }
  });

  it('resolves every reference in it', async ({ expect }) => {
    const document = await server.ok('GET', '/openapi.json');
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target ?? '');
    for (const reference of new Set(references)) {
      expect(reference).toMatch(/^#\//);
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>(
          (at, key) => (at as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/')],
          document,
        );
      expect(found, reference).toBeDefined();
    }
  });
});

describe('every node type', () => {
  it('can stand in a document that is stored as it was sent', async ({ expect }) => {
    const types = [...NODES.values()];
    expect(types.length).toBeGreaterThan(20);
    const nodes = types.map(({ type, version }, index) => ({
      id: `n${index}`,
      name: `Node ${index}`,
      type,
      version,
      parameters: {},
      position: [index, 0],
    }));
    const document = { schema: 1, name: 'All', nodes, edges: [], settings: {}, notes: [], pinned: [] };
    const { id } = await server.ok('POST', '/v1/workflows', document);
    const stored = (await server.ok('GET', `/v1/workflows/${String(id)}`))['document'] as { nodes: unknown };
    expect(stored.nodes).toEqual(nodes);
  });
});
