import { describe, it } from 'vitest';
import { apiFor, caller, fetchWorker, tenantWithKey } from '../kit/testing.ts';
import { areasServedBy } from './app.ts';

const MEBIBYTE = 1024 * 1024;

/** Sends raw text to an endpoint that takes a body. */
async function post(key: string, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetchWorker('/v1/hello', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

describe('bad bodies', () => {
  it('[API6] are answered with the place of the mistake', async ({ expect }) => {
    const key = await tenantWithKey('api-json');
    const refused = await post(key, '{\n  "text": "a",\n}');
    expect(refused).toMatchObject({ status: 400, body: { code: 'json-invalid', line: 3, column: 1, offset: 17 } });
    expect((await post(key, '')).body).toMatchObject({ code: 'input-invalid' });
    expect((await post(key, new Uint8Array([34, 255, 34]))).body).toMatchObject({ code: 'json-invalid' });
  });

  it('[API6] may be nested as deeply as they like without harm', async ({ expect }) => {
    const key = await tenantWithKey('api-deep');
    for (const depth of [257, 1_000, 100_000]) {
      for (const text of ['['.repeat(depth), '{"a":'.repeat(depth), '['.repeat(depth) + ']'.repeat(depth)]) {
        expect(await post(key, text)).toMatchObject({ status: 400, body: { code: 'json-too-deep' } });
      }
    }
    expect(await post(key, '{"text":"still here"}')).toMatchObject({ status: 201 });
  });

  it('[API5] are cut off at 10 MiB, with a declared length and without', async ({ expect }) => {
    const key = await tenantWithKey('api-large');
    const many = `{${Array.from({ length: 250_001 }, (_, n) => `"k${n}":1`).join(',')}}`;
    expect(await post(key, many)).toMatchObject({ status: 413, body: { code: 'json-too-large' } });
    const large = `{"text":"${'x'.repeat(10 * MEBIBYTE)}"}`;
    expect(await post(key, large)).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent++;
        controller.enqueue(new Uint8Array(MEBIBYTE).fill(32));
      },
    });
    expect(await post(key, endless)).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
    // 10 MiB, the grace in which a sender may still see the answer, and what was under way
    expect(sent).toBeLessThan(50);
    expect(await post(key, `{"text":"${'x'.repeat(9 * MEBIBYTE)}"}`)).toMatchObject({
      status: 413,

      body: { errors: [{ pointer: '/text' }] },
    });
  });

  it('[API7] have each unknown and each repeated field named', async ({ expect }) => {
    const key = await tenantWithKey('api-fields');
    const unknown = await post(key, '{"text":1,"__proto__":{"a":1},"constructor":2,"a/b~c":3}');
    const pointers = (unknown.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers).toEqual(['/text', '/__proto__', '/constructor', '/a~1b~0c']);
    expect((await post(key, '{"text":"a","text":"b"}')).body).toMatchObject({
      code: 'input-invalid',
      errors: [{ pointer: '/text', code: 'json-duplicate-key' }],
    });
    const response = await fetchWorker('/v1/hello?limit=0&order=asc', { headers: { authorization: `Bearer ${key}` } });
    expect(await response.json()).toMatchObject({
      errors: [{ pointer: '?limit' }, { pointer: '?order', code: 'unknown-field' }],
    });
  });

  it('say so when they are no JSON by type', async ({ expect }) => {
    const key = await tenantWithKey('api-type');
    expect(await post(key, '<a/>', { 'content-type': 'application/xml' })).toMatchObject({ status: 415 });
    expect(await post(key, '{"text":"hi"}', { 'content-type': 'application/vnd.x+json; charset=utf-8' })).toMatchObject(
      { status: 201 },
    );
  });
});

describe('a deployment', () => {
  it('does not serve the template that new areas are copied from', async ({ expect }) => {
    const served = areasServedBy({}).map(({ name }) => name);
    expect(served).toContain('workflows');
    expect(served).not.toContain('hello');
    expect(areasServedBy({ SERVES_TEMPLATE: 'yes' }).map(({ name }) => name)).toContain('hello');
  });
});

describe('every answer', () => {
  it('[API3][API4] is sealed, and a refusal is a problem', async ({ expect }) => {
    const key = await tenantWithKey('api-headers');
    const ids = new Set<string | null>();
    for (const [path, status] of [
      ['/v1/hello', 200],
      ['/v1/nothing', 404],
      ['/openapi.json', 200],
      ['/health', 200],
      ['/hooks/x', 404],
      ['/waiting/x/y/z', 404],
    ] as const) {
      const response = await fetchWorker(path, { headers: { authorization: `Bearer ${key}` } });
      expect(response.status, path).toBe(status);
      const { headers } = response;
      expect(headers.get('content-security-policy'), path).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
      expect(headers.get('strict-transport-security'), path).toMatch(/^max-age=31536000/);
      expect(headers.get('x-request-id'), path).toMatch(/^[\w-]{16,}$/);
      ids.add(headers.get('x-request-id'));
      const body = await response.json<Record<string, unknown>>();
      if (status !== 404) continue;
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(body).toMatchObject({
        status,
        code: expect.any(String) as string,
        title: expect.any(String) as string,
        requestId: headers.get('x-request-id'),
      });
    }
    expect(ids.size).toBe(6);
  });

  it('[API8] tells which methods an address takes', async ({ expect }) => {
    const api = await apiFor('api-methods');
    const wrong = await api('PATCH /v1/hello');
    expect(wrong).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
    const options = await fetchWorker('/v1/hello', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
    const head = await api('HEAD /v1/hello');
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect((await api('DELETE /v1/hello')).status).toBe(405);
    expect((await api('GET /v1/workflows/import')).status).toBe(405);
  });

  it('[API2] the same OpenAPI document under both addresses, without a key', async ({ expect }) => {
    const [a, b] = [await fetchWorker('/openapi.json'), await fetchWorker('/v1/openapi.json')];
    const text = await a.text();
    expect(await b.text()).toBe(text);
    const api = JSON.parse(text) as { paths: Record<string, Record<string, unknown>> };
    expect(api).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'https://millrace.test' }] });
    expect(api.paths['/v1/workflows']?.['post']).toMatchObject({
      requestBody: { content: { 'application/json': { example: { schema: 1, name: 'Example' } } } },
    });
  });
});

describe('[API9] keys', () => {
  it('are needed, and must be right', async ({ expect }) => {
    const key = await tenantWithKey('api-auth');
    const missing = await caller(undefined)('GET /v1/hello');
    expect(missing).toMatchObject({
      status: 401,
      body: { code: 'key-missing', hint: expect.stringContaining('Bearer') as string },
    });
    expect(missing.headers.get('www-authenticate')).toMatch(/^Bearer/);
    const forged = key.slice(0, -2) + (key.endsWith('AA') ? 'BB' : 'AA');
    for (const wrong of ['x', 'mr_', forged, key.replace('api-auth', 'api-none'), `${key}x`]) {
      expect(await caller(wrong)('GET /v1/hello'), wrong).toMatchObject({ status: 401, body: { code: 'key-invalid' } });
    }
    const basic = await fetchWorker('/v1/hello', { headers: { authorization: `Basic ${btoa(`x:${key}`)}` } });
    expect(basic.status).toBe(401);
    expect((await caller(key)('GET /v1/hello')).status).toBe(200);
  });

  it('open what their scopes say', async ({ expect }) => {
    const api = await apiFor('api-scopes', ['hello:read', 'runs:*']);
    expect((await api('GET /v1/hello')).status).toBe(200);
    expect((await api('GET /v1/runs')).status).toBe(200);
    expect(await api('POST /v1/hello', { body: { text: 'x' } })).toMatchObject({
      status: 403,
      body: { code: 'scope-missing' },
    });
    expect((await api('GET /v1/keys')).status).toBe(403);
  });
});
