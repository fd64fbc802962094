import { listDurableObjectIds } from 'cloudflare:test';
import { describe, it } from 'vitest';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';
import { chain, echo, node, setNode, webhookNode } from '../areas/workflows/testing.ts';
import { apiFor, fetchWorker, testEnv } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';

async function publish(api: Caller, document: Workflow): Promise<string> {
  const { body } = await api('POST /v1/workflows', { body: document });
  const id = body['id'] as string;
  const result = await api('POST /v1/workflows/{id}/publish', { params: { id } });
  if (result.status !== 200) throw new Error(JSON.stringify(result.body));
  return id;
}

interface Item {
  headers: Record<string, string>;
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

async function send(path: string, init: RequestInit = {}) {
  const response = await fetchWorker(path, { method: 'POST', ...init });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: (text.startsWith('{') ? JSON.parse(text) : {}) as Item & Record<string, unknown>,
  };
}

const json = (value: unknown): RequestInit => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const respond = (parameters: WorkflowNode['parameters']): WorkflowNode => node('Respond', 'respond', 1.1, parameters);
const answering = (path: string, parameters: WorkflowNode['parameters']): Workflow =>
  chain(`Answer ${path}`, webhookNode(path, { responseMode: 'responseNode' }), respond(parameters));

describe('what a workflow gets', () => {
  it('[HOOK1][HOOK6] is the request: headers, parameters, query and body', async ({ expect }) => {
    const api = await apiFor('hooks-request');
    await publish(api, echo('orders/:id/items'));
    const { json: item } = await send('/hooks/hooks-request/orders/a%20b/items/?q=1&q=2&__proto__=x', {
      ...json({ deep: [1, { a: null }], '': '' }),
      headers: { 'content-type': 'application/json', 'X-Sign': 'abc' },
    });
    expect(item).toMatchObject({ params: { id: 'a b' }, body: { deep: [1, { a: null }], '': '' } });
    expect(item.headers).toMatchObject({ 'x-sign': 'abc', 'content-type': 'application/json' });
    expect(item.query['q']).toEqual(['1', '2']);
  });

  it('[HOOK6] is text, a plain form or nothing, as it was sent', async ({ expect }) => {
    const api = await apiFor('hooks-text');
    await publish(api, echo('in'));
    const body = async (type: string, text: string) =>
      (await send('/hooks/hooks-text/in', { headers: { 'content-type': type }, body: text })).json.body;
    expect(await body('text/plain', 'héllo')).toBe('héllo');
    expect(await body('application/x-www-form-urlencoded', 'a=1&b=x+y&a=2')).toEqual({ a: ['1', '2'], b: 'x y' });
    expect(await body('application/xml', '<a/>')).toBe('<a/>');
    expect((await send('/hooks/hooks-text/in')).json.body).toEqual({});
  });

  it('[HOOK7] is fields and files of a form, the files in the tenant’s own place', async ({ expect }) => {
    const api = await apiFor('hooks-form');
    await publish(api, echo('in'));
    const form = new FormData();
    form.append('name', 'Ada');
    form.append('tag', 'a');
    form.append('tag', 'b');
    form.append('__proto__', 'x');
    form.append('photo', new File(['one'], '../../etc/passwd.png', { type: 'image/png' }));
    form.append('photo', new File(['two!'], 'second', { type: '' }));
    const { json: item, headers } = await send('/hooks/hooks-form/in', { body: form });
    expect(item.body).toMatchObject({ name: 'Ada', tag: ['a', 'b'] });
    const view = await api('GET /v1/runs/{id}', { params: { id: headers.get('x-millrace-run') ?? '' } });
    const [hook] = view.body['nodes'] as { outputs: { binary: Record<string, Record<string, unknown>> }[][] }[];
    const files = hook?.outputs[0]?.[0]?.binary ?? {};
    expect(Object.keys(files)).toEqual(['photo', 'photo_1']);
    expect(files['photo']).toMatchObject({ mimeType: 'image/png', fileExtension: 'png', sizeBytes: 3 });
    const nul = new FormData();
    nul.append('photo', new File(['one'], 'pass\u0000wd.png'));
    expect((await send('/hooks/hooks-form/in', { body: nul })).status).toBe(400);
    const stored = await testEnv.FILES.list({ prefix: 't/hooks-form/bin/' });
    expect(stored.objects.map(({ key }) => key).sort()).toEqual(
      [files['photo'], files['photo_1']].map((file) => `t/hooks-form/bin/${String(file?.['id'])}`).sort(),
    );
    expect((await testEnv.FILES.list()).objects.every(({ key }) => key.startsWith('t/'))).toBe(true);
  });

  it('[HOOK7] is a file when it is no text', async ({ expect }) => {
    const api = await apiFor('hooks-binary');
    await publish(api, chain('Back', webhookNode('in', { responseData: 'firstEntryBinary' })));
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const response = await fetchWorker('/hooks/hooks-binary/in', {
      method: 'POST',
      headers: { 'content-type': 'image/x-test' },
      body: bytes,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/x-test');
    expect(response.headers.get('content-security-policy')).toBe('sandbox');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it('[HOOK6][HOOK7] has limits', async ({ expect }) => {
    const api = await apiFor('hooks-large');
    await publish(api, echo('in'));
    const large = 'x'.repeat(10 * 1024 * 1024 + 1);
    const text = await send('/hooks/hooks-large/in', { headers: { 'content-type': 'text/plain' }, body: large });
    expect(text).toMatchObject({ status: 413, json: { code: 'body-too-large' } });
    const binary = await send('/hooks/hooks-large/in', {
      headers: { 'content-type': 'image/png', 'content-length': '70000000' },
      body: large,
    });
    expect([200, 413]).toContain(binary.status);
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
    });
    const streamed = await send('/hooks/hooks-large/in', { headers: { 'content-type': 'video/mp4' }, body: endless });
    expect(streamed).toMatchObject({ status: 413, json: { code: 'body-too-large' } });
    expect((await testEnv.FILES.list({ prefix: 't/hooks-large/' })).objects.length).toBeLessThanOrEqual(1);
  });

  it('is refused when it is not what it says', async ({ expect }) => {
    const api = await apiFor('hooks-bad');
    await publish(api, echo('in'));
    expect(
      await send('/hooks/hooks-bad/in', { headers: { 'content-type': 'application/json' }, body: '{"a":' }),
    ).toMatchObject({ status: 400 });
    expect(
      await send('/hooks/hooks-bad/in', { headers: { 'content-type': 'application/json' }, body: '['.repeat(100_000) }),
    ).toMatchObject({ status: 400 });
    expect(
      await send('/hooks/hooks-bad/in', {
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: 'nonsense',
      }),
    ).toMatchObject({ status: 400 });
    expect((await api('GET /v1/runs')).body['runs']).toEqual([]);
  });
});

describe('what the caller gets', () => {
  it('[HOOK8] is the workflow’s status, headers and body', async ({ expect }) => {
    const api = await apiFor('hooks-reply');
    const entries = [
      { name: 'X-Own', value: 'yes' },
      { name: 'Content-Type', value: 'text/html' },
      { name: 'Content-Length', value: '3' },
      { name: 'bad name', value: 'x' },
    ];
    await publish(
      api,
      answering('page', {
        respondWith: 'text',
        responseBody: '<h1>hi</h1>',
        options: { responseCode: 201, responseHeaders: { entries } },
      }),
    );
    const answer = await send('/hooks/hooks-reply/page');
    expect(answer).toMatchObject({ status: 201, text: '<h1>hi</h1>' });
    expect(answer.headers.get('x-own')).toBe('yes');
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('content-security-policy')).toBe('sandbox');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-millrace-run')).toMatch(/^run_/);
    expect(answer.headers.get('x-request-id')).toBeTruthy();
  });

  it('[HOOK8] may have no body', async ({ expect }) => {
    const api = await apiFor('hooks-empty');
    await publish(api, answering('none', { respondWith: 'noData', options: { responseCode: 204 } }));
    expect(await send('/hooks/hooks-empty/none')).toMatchObject({ status: 204, text: '' });
    await publish(api, answering('there', { respondWith: 'redirect', redirectURL: 'https://example.com/x' }));
    const moved = await fetchWorker('/hooks/hooks-empty/there', { method: 'POST', redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([307, 'https://example.com/x']);
  });

  it('[HOOK9] is the same run for the same idempotency key', async ({ expect }) => {
    const api = await apiFor('hooks-idempotent');
    await publish(api, echo('once'));
    const twice = () =>
      send('/hooks/hooks-idempotent/once', {
        ...json({ n: 1 }),
        headers: { 'idempotency-key': 'k-1', 'content-type': 'application/json' },
      });
    const answers = await Promise.all([twice(), twice(), twice()]);
    answers.push(await twice());
    expect(new Set(answers.map(({ headers }) => headers.get('x-millrace-run'))).size).toBe(1);
    expect((await api('GET /v1/runs')).body['runs']).toHaveLength(1);
  });
});

describe('addresses that do not answer', () => {
  it('[HOOK4] say why, and leave nothing behind', async ({ expect }) => {
    await apiFor('hooks-known');
    expect(await send('/hooks/hooks-known/none')).toMatchObject({
      status: 404,
      json: { code: 'hook-not-found', hint: expect.stringContaining('/publish') as string },
    });
    expect(await send('/hooks/hooks-unknown/none')).toMatchObject({ status: 404, json: { code: 'tenant-unknown' } });
    for (const path of [
      '/hooks/',
      '/hooks/UPPER/x',
      '/hooks/a_b/x',
      '/hooks/%2e%2e/x',
      '/hooks/-/x',
      `/hooks/${'a'.repeat(64)}/x`,
    ]) {
      expect((await send(path)).status, path).toBe(404);
    }
    const runners = await listDurableObjectIds(testEnv.RUNNER);
    expect(runners.map(({ name }) => name ?? '').filter((name) => name.startsWith('hooks-unknown'))).toEqual([]);
  });

  it('[HOOK5] say which methods they take, and start nothing on a look', async ({ expect }) => {
    const api = await apiFor('hooks-methods');
    await publish(api, chain('Get', webhookNode('page', { httpMethod: 'GET' })));
    const wrong = await send('/hooks/hooks-methods/page');
    expect(wrong).toMatchObject({ status: 405, json: { code: 'method-not-allowed' } });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    const head = await send('/hooks/hooks-methods/page', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    const preflight = await send('/hooks/hooks-methods/page', {
      method: 'OPTIONS',
      headers: { origin: 'https://app.test', 'access-control-request-headers': 'x-sign' },
    });
    expect([
      preflight.status,
      preflight.headers.get('access-control-allow-methods'),
      preflight.headers.get('access-control-allow-headers'),
    ]).toEqual([204, 'GET, HEAD, OPTIONS', 'x-sign']);
    expect((await api('GET /v1/runs')).body['runs']).toEqual([]);
    expect((await send('/hooks/hooks-methods/page', { method: 'GET' })).status).toBe(200);
    expect((await api('GET /v1/runs')).body['runs']).toHaveLength(1);
  });

  it('[HOOK5] let a workflow listen to HEAD and OPTIONS itself', async ({ expect }) => {
    const api = await apiFor('hooks-own');
    await publish(
      api,
      chain(
        'Own',
        webhookNode('own', { multipleMethods: true, httpMethod: ['HEAD', 'OPTIONS'] }),
        setNode('M', 'm', 'v'),
      ),
    );
    for (const method of ['HEAD', 'OPTIONS']) {
      expect((await send('/hooks/hooks-own/own', { method })).headers.get('x-millrace-run')).toMatch(/^run_/);
    }
  });

  it('[HOOK10] cannot be guessed at any speed', async ({ expect }) => {
    const startMs = Date.now();
    // At once: one after the other, a slow machine would keep to the limit by itself.
    const answers = await Promise.all(Array.from({ length: 200 }, (_, guess) => send(`/hooks/guess-${guess}/x`)));
    const statuses = answers.map(({ status }) => status);
    const seconds = Math.floor((Date.now() - startMs) / 1_000) + 2;
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(50 * seconds);
    // The next tests want to look up addresses too.
    await new Promise((done) => setTimeout(done, 1_100));
  });

  it('[HOOK19] of a draft take calls while somebody listens, and nobody else finds them', async ({ expect }) => {
    const api = await apiFor('hooks-draft');
    await apiFor('hooks-draft-other');
    const { body } = await api('POST /v1/workflows', {
      body: chain(
        'Try',
        webhookNode('try/:id', { responseMode: 'lastNode' }),
        setNode('M', 'm', '={{ $json.params.id }}'),
      ),
    });
    const id = body['id'] as string;
    const listened = await api('POST /v1/workflows/{id}/listen', { params: { id } });
    expect(listened.status).toBe(200);
    const [{ url } = { url: '' }] = listened.body['hooks'] as { method: string; url: string }[];
    const path = new URL(url).pathname.replace(':id', '7');
    const answer = await send(path);
    expect(answer).toMatchObject({ status: 200, json: { m: '7' } });
    const { runs } = (await api('GET /v1/runs')).body as { runs: { mode: string; version: string }[] };
    expect(runs).toMatchObject([{ mode: 'manual', version: expect.stringMatching(/^draft:/) }]);
    const wrong = [
      '/hooks/hooks-draft/try/7',
      path.replace('hooks-draft', 'hooks-draft-other'),
      path.replace(/[0-9a-f]{4}\/try/, 'ffff/try'),
      path.replace('/try/', '/other/'),
      path.replace(/~~(.*)try/, '~~/wf_x.zzzzzzzzzzzz.00/try'),
    ];
    for (const each of wrong) expect((await send(each)).status, each).toBe(404);
    const none = await api('POST /v1/workflows', { body: chain('None', setNode('M', 'm', 'v')) });
    const refused = await api('POST /v1/workflows/{id}/listen', { params: { id: none.body['id'] as string } });
    expect(refused).toMatchObject({ status: 409, body: { code: 'nothing-to-listen' } });
  });
});
