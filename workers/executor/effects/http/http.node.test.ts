import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Item, JsonObject } from '../../../../core/data/item.ts';
import type { HttpReplyValue } from '../../../../core/http/request.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import { node } from '../../../../core/nodes/http-request/index.ts';
import { compileFor, stepOf } from '../../../../core/nodes/testing.ts';
import type { Trial } from '../../../../core/nodes/testing.ts';
import { perform } from '../../perform.ts';
import { fakePorts, LOCAL } from '../../testing/fakes.ts';
import type { FakePorts } from '../../testing/fakes.ts';
import { fileKey } from './files.ts';

interface Seen {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}
let server: Server;
let base = '';
let seen: Seen[] = [];
let active = 0;
let mostActive = 0;
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    active++;
    mostActive = Math.max(mostActive, active);
    response.on('close', () => active--);
    request.on('data', (part: Buffer) => chunks.push(part));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1');
      const url = new URL(request.url ?? '/', base);
      const mine: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers as Record<string, string>,
        body,
      };
      seen.push(mine);
      const [, verb, argument = ''] = url.pathname.split('/');
      const answer = (type: string, content: string | Buffer, status = 200): void =>
        void response.writeHead(status, { 'content-type': type }).end(content);
      if (verb === 'status') answer('text/plain', `because ${argument}`, Number(argument));
      else if (verb === 'list') answer('application/json', '[{"n":1},{"n":2},3]');
      else if (verb === 'text') answer('text/html; charset=iso-8859-1', Buffer.from('gr\xfcn', 'latin1'));
      else if (verb === 'png') {
        response
          .writeHead(200, { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a.png"' })
          .end(PNG);
      } else if (verb === 'long') answer('text/plain', Buffer.alloc(6 * 1024 * 1024, 97));
      else if (verb === 'long-file') answer('application/octet-stream', Buffer.alloc(6 * 1024 * 1024, 7));
      else if (verb === 'big') answer('application/octet-stream', Buffer.alloc(100_000, 7));
      else if (verb === 'broken') answer('application/json', '{"a":');
      else if (verb === 'empty') response.writeHead(204).end();
      else if (verb === 'cookies') {
        response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] }).end('{}');
      } else if (verb === 'slow') setTimeout(() => answer('application/json', '{}'), 60);
      else if (verb === 'pages') {
        const page = Number(url.searchParams.get('page') ?? 0);
        if (argument === 'until404' && page > 2) answer('text/plain', 'no more', 404);
        else {
          answer(
            'application/json',
            JSON.stringify(
              page > 2
                ? []
                : [
                    { page, a: 1 },
                    { page, a: 2 },
                  ],
            ),
          );
        }
      } else if (verb === 'next') {
        const page = Number(url.searchParams.get('cursor') ?? 0);
        answer('application/json', JSON.stringify({ page, next: page < 2 ? `${base}/next?cursor=${page + 1}` : '' }));
      } else answer('application/json', JSON.stringify(mine));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

interface Outcome {
  items?: readonly Item[];
  reply: EffectReply;
  rounds: number;
  ports: FakePorts;
}

/** Node → executor → node, as the engine drives it. */
async function send(parameters: JsonObject, more: Trial = {}, ports = fakePorts()): Promise<Outcome> {
  seen = [];
  const trial: Trial = { version: 4.2, ...more, parameters };
  const executor = compileFor(node, trial);
  const step = stepOf(node, trial);
  let result = executor.run(step);
  for (let rounds = 1; ; rounds++) {
    if (result.kind !== 'effect') throw new Error(`The node answered ${result.kind}`);
    // Through JSON, as RPC and the journal do.
    const effect = JSON.parse(JSON.stringify(result.effect)) as typeof result.effect;
    const reply = await perform({ tenant: 'acme', effect, key: 'k', policy: LOCAL }, ports);
    if (!reply.ok) return { reply, rounds, ports };
    const next = executor.resume?.(step, { kind: 'reply', value: reply.value });
    if (next?.kind === 'output') return { items: next.outputs[0] ?? [], reply, rounds, ports };
    if (!next) throw new Error('The node has no resume');
    result = next;
  }
}
const data = async (parameters: JsonObject, more?: Trial): Promise<JsonObject[]> =>
  ((await send(parameters, more)).items ?? []).map((item) => item.json);
const codeOf = async (parameters: JsonObject, more?: Trial): Promise<string> => {
  const { reply } = await send(parameters, more);
  return reply.ok ? 'ok' : `${reply.error.code} ${String(reply.error.retryable)}`;
};
const rows = (object: Record<string, string>): JsonObject => ({
  parameters: Object.entries(object).map(([name, value]) => ({ name, value })),
});

describe('HTTP request', () => {
  it('sends query, headers and JSON bodies as asked', async ({ expect }) => {
    await send(
      {
        method: 'POST',
        url: `${base}/echo?x=1#frag`,
        sendQuery: true,
        queryParameters: rows({ 'a b': 'ü&=', c: '={{ $json.id }}' }),
        sendHeaders: true,
        headerParameters: rows({ 'X-Test': 'yes', Authorization: 'Bearer t' }),
        sendBody: true,
        specifyBody: 'json',
        jsonBody: '={ "id": {{ $json.id }}, "list": [1] }',
      },
      { items: [{ id: 7 }] },
    );
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/echo?x=1&a%20b=%C3%BC%26%3D&c=7',
      body: '{"id":7,"list":[1]}',
      headers: { 'x-test': 'yes', authorization: 'Bearer t', 'content-type': 'application/json' },
    });
  });

  it('sends every kind of body', async ({ expect }) => {
    const post = async (parameters: JsonObject, more?: Trial): Promise<Seen | undefined> => {
      await send({ method: 'POST', url: base, sendBody: true, ...parameters }, more);
      return seen[0];
    };
    expect(await post({ bodyParameters: rows({ a: '1', __proto__x: '2' }) })).toMatchObject({
      body: '{"a":"1","__proto__x":"2"}',
    });
    expect(await post({ contentType: 'form-urlencoded', bodyParameters: rows({ a: '1 2', b: 'ü' }) })).toMatchObject({
      body: 'a=1+2&b=%C3%BC',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(await post({ contentType: 'form-urlencoded', specifyBody: 'string', body: 'x=y' })).toMatchObject({
      body: 'x=y',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(await post({ contentType: 'raw', rawContentType: 'text/csv', body: 'a;b' })).toMatchObject({
      body: 'a;b',
      headers: { 'content-type': 'text/csv' },
    });
    const inputs: Item[][] = [
      [{ json: {}, binary: { pic: { mimeType: 'image/png', data: PNG.toString('base64'), fileName: 'a"b.png' } } }],
    ];
    expect(await post({ contentType: 'binaryData', inputDataFieldName: 'pic' }, { inputs })).toMatchObject({
      body: PNG.toString('latin1'),
      headers: { 'content-type': 'image/png' },
    });
    const form = await post(
      {
        contentType: 'multipart-form-data',
        bodyParameters: {
          parameters: [
            { name: 'note', value: 'hi' },
            { parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'pic' },
          ],
        },
      },
      { inputs },
    );
    const boundary = /boundary=(.*)/.exec(form?.headers['content-type'] ?? '')?.[1];
    expect(form?.body).toBe(
      `--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nhi\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a%22b.png"\r\nContent-Type: image/png\r\n\r\n${PNG.toString('latin1')}\r\n--${boundary}--\r\n`,
    );
  });

  it('speaks the older versions', async ({ expect }) => {
    await send(
      {
        requestMethod: 'POST',
        url: `${base}/echo`,
        queryParametersUi: { parameter: [{ name: 'q', value: '1' }] },
        bodyParametersUi: { parameter: [{ name: 'b', value: '2' }] },
        headerParametersUi: { parameter: [{ name: 'H', value: '3' }] },
      },
      { version: 1 },
    );
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/echo?q=1', body: '{"b":"2"}', headers: { h: '3' } });
    expect(
      await data({ url: `${base}/text`, responseFormat: 'string', dataPropertyName: 'page' }, { version: 2 }),
    ).toEqual([{ page: 'grün' }]);
    expect(await data({ url: `${base}/list`, options: { splitIntoItems: true } }, { version: 1 })).toEqual([
      { n: 1 },
      { n: 2 },
      { data: 3 },
    ]);
  });

  it('makes items of what comes back', async ({ expect }) => {
    expect(await data({ url: `${base}/list` })).toEqual([{ n: 1 }, { n: 2 }, { data: 3 }]);
    expect(await data({ url: `${base}/text` })).toEqual([{ data: 'grün' }]);
    expect(
      await data({
        url: `${base}/list`,
        options: { response: { response: { responseFormat: 'text', outputPropertyName: 'raw' } } },
      }),
    ).toEqual([{ raw: '[{"n":1},{"n":2},3]' }]);
    expect(
      await data({ url: `${base}/list`, options: { response: { response: { fullResponse: true } } } }),
    ).toMatchObject([
      {
        statusCode: 200,
        statusMessage: 'OK',
        body: [{ n: 1 }, { n: 2 }, 3],
        headers: { 'content-type': 'application/json' },
      },
    ]);
    expect(
      await data({ url: `${base}/cookies`, options: { response: { response: { fullResponse: true } } } }),
    ).toMatchObject([{ headers: { 'set-cookie': ['a=1', 'b=2'] } }]);
    expect(await data({ url: `${base}/empty` })).toEqual([{ data: '' }]);
    const { items } = await send({ url: `${base}/png` });
    expect(items).toEqual([
      {
        json: {},
        pairedItem: { item: 0 },
        binary: {
          data: {
            mimeType: 'image/png',
            sizeBytes: 8,
            fileName: 'a.png',
            fileExtension: 'png',
            data: PNG.toString('base64'),
          },
        },
      },
    ]);
  });

  it('[HTE3] stores large files under the tenant and sends them again', async ({ expect }) => {
    const ports = fakePorts();
    const { items } = await send(
      { url: `${base}/big`, options: { response: { response: { responseFormat: 'file' } } } },
      {},
      ports,
    );
    const file = items?.[0]?.binary?.['data'];
    expect(file).toMatchObject({ sizeBytes: 100_000, id: 'test-file-id-00000001' });
    expect([...ports.files.objects.keys()]).toEqual(['t/acme/bin/test-file-id-00000001']);
    await send(
      { method: 'PUT', url: base, sendBody: true, contentType: 'binaryData', inputDataFieldName: 'data' },
      { inputs: [[...(items ?? [])]] },
      ports,
    );
    expect(seen[0]?.body).toBe('\x07'.repeat(100_000));
    for (const id of ['../../other/bin/xxxxxxxxxxxxxxxx', 'a/b', '', '..', 'x'.repeat(200)]) {
      expect(() => fileKey('acme', id)).toThrow('Not a file id');
    }
    const inputs: Item[][] = [
      [{ json: {}, binary: { data: { mimeType: 'a/b', id: '../../other/bin/test-file-id' } } }],
    ];
    const stolen = await send(
      { method: 'PUT', url: base, sendBody: true, contentType: 'binaryData', inputDataFieldName: 'data' },
      { inputs },
      ports,
    );
    expect(stolen.reply).toMatchObject({ ok: false, error: { code: 'file-missing' } });
  });

  it('[HTE1] says what failed and whether trying again may help', async ({ expect }) => {
    const codes = await Promise.all(
      [400, 404, 408, 429, 500, 503].map((status) => codeOf({ url: `${base}/status/${status}` })),
    );
    expect(codes).toEqual([
      'http-status false',
      'http-status false',
      'http-status true',
      'http-status true',
      'http-status true',
      'http-status true',
    ]);
    const { reply } = await send({ url: `${base}/status/404` });
    expect(reply).toEqual({
      ok: false,
      error: {
        code: 'http-status',
        message: 'Request failed with status 404 Not Found - because 404',
        retryable: false,
        detail: { itemIndex: 0, status: 404 },
      },
    });
    expect(
      await data({ url: `${base}/status/404`, options: { response: { response: { neverError: true } } } }),
    ).toEqual([{ data: 'because 404' }]);
    expect([
      await codeOf({ url: `${base}/broken` }),
      await codeOf({ url: `${base}/slow`, options: { timeout: 20 } }),
      await codeOf({ url: 'http://10.0.0.1/' }),
    ]).toEqual(['bad-json false', 'timeout true', 'egress-refused false']);
  });

  it('[HTE2] fails whole without continueOnFail and per item with it', async ({ expect }) => {
    const trial: Trial = { items: [{ p: 'echo' }, { p: 'status/500' }, { p: 'list' }] };
    expect(await codeOf({ url: `=${base}/{{ $json.p }}` }, trial)).toBe('http-status true');
    const { items } = await send({ url: `=${base}/{{ $json.p }}` }, { ...trial, continueOnFail: true });
    expect(items?.slice(1)).toEqual([
      {
        json: { error: 'Request failed with status 500 Internal Server Error - because 500' },
        pairedItem: { item: 1 },
      },
      { json: { n: 1 }, pairedItem: { item: 2 } },
      { json: { n: 2 }, pairedItem: { item: 2 } },
      { json: { data: 3 }, pairedItem: { item: 2 } },
    ]);
    const many = Array.from({ length: 40 }, () => ({ p: 'status/500' }));
    await codeOf({ url: `=${base}/{{ $json.p }}` }, { items: many });
    expect(seen.length).toBeLessThanOrEqual(6);
  });

  it('[HTE6] bounds what the texts of one step add up to, and counts no files', async ({ expect }) => {
    const url = `=${base}/{{ $json.p }}`;
    expect(await codeOf({ url }, { items: [{ p: 'long' }, { p: 'long' }] })).toBe('ok');
    expect(await codeOf({ url }, { items: [{ p: 'long' }, { p: 'long' }, { p: 'long' }] })).toBe(
      'response-too-large false',
    );
    expect(await codeOf({ url }, { items: Array.from({ length: 4 }, () => ({ p: 'long-file' })) })).toBe('ok');
  });

  it('[HTE4] keys what is not idempotent, the same on every attempt', async ({ expect }) => {
    const keys = async (parameters: JsonObject): Promise<(string | undefined)[]> => {
      await send({ url: `${base}/echo`, ...parameters }, { items: [{}, {}] });
      return seen.map((each) => each.headers['idempotency-key']).sort();
    };
    expect(await keys({ method: 'POST' })).toEqual(['run-1/n1/0:0', 'run-1/n1/0:1']);
    expect(await keys({ method: 'PATCH' })).toEqual(['run-1/n1/0:0', 'run-1/n1/0:1']);
    expect(await keys({ method: 'PUT' })).toEqual([undefined, undefined]);
    expect(await keys({ method: 'POST', options: { idempotencyKey: false } })).toEqual([undefined, undefined]);
    expect(
      await keys({ method: 'POST', sendHeaders: true, headerParameters: rows({ 'idempotency-KEY': 'mine' }) }),
    ).toEqual(['mine', 'mine']);
  });

  it('[HTE5] refuses credentials it cannot resolve before sending anything', async ({ expect }) => {
    const parameters = { url: base, authentication: 'predefinedCredentialType', nodeCredentialType: 'slackApi' };
    const step = stepOf(node, { parameters });
    expect(() => compileFor(node, { parameters }).run(step)).toThrow(/credential of type 'slackApi'/);
    const call = {
      itemIndex: 0,
      method: 'GET',
      url: base,
      query: [],
      headers: [],
      credential: { type: 'slackApi', ref: { id: '1' } },
    };
    const options = {
      format: 'autodetect',
      neverError: false,
      acceptStatuses: [],
      timeoutMs: 1_000,
      redirect: { follow: true, max: 1 },
      batch: { size: 0, intervalMs: 0 },
      delayMs: 0,
      continueOnFail: false,
    };
    seen = [];
    const reply = await perform(
      {
        tenant: 'acme',
        effect: {
          kind: 'http',
          class: 'idempotent',
          payload: { requests: [call], options, state: null } as unknown as JsonObject,
        },
        key: 'k',
        policy: LOCAL,
      },
      fakePorts(),
    );
    expect([reply.ok ? '' : reply.error.code, seen.length]).toEqual(['credential-missing', 0]);
  });

  it('keeps batches apart and connections few', async ({ expect }) => {
    const started = Date.now();
    mostActive = 0;
    await send(
      { url: `${base}/slow`, options: { batching: { batch: { batchSize: 2, batchInterval: 80 } } } },
      { items: [{}, {}, {}, {}] },
    );
    expect([seen.length, mostActive]).toEqual([4, 2]);
    expect(Date.now() - started).toBeGreaterThanOrEqual(190);
    mostActive = 0;
    await send({ url: `${base}/slow` }, { items: Array.from({ length: 15 }, () => ({})) });
    expect([seen.length, mostActive]).toEqual([15, 6]);
  });

  it('follows pages by parameter until they are empty', async ({ expect }) => {
    const pagination = {
      pagination: { pagination: { parameters: { parameters: [{ name: 'page', value: '={{ $pageCount }}' }] } } },
    };
    const { items, rounds } = await send({ url: `${base}/pages`, options: pagination }, { items: [{}, {}] });
    expect(rounds).toBe(4);
    expect(items?.map((item) => [item.pairedItem, item.json['page']])).toEqual(
      [0, 1].flatMap((item) => [0, 0, 1, 1, 2, 2].map((page) => [{ item }, page])),
    );
  });

  it('follows the next URL, ends on a status, an expression or a limit', async ({ expect }) => {
    const pages = (path: string, settings: JsonObject): Promise<JsonObject[]> =>
      data({ url: `${base}/${path}`, options: { pagination: { pagination: settings } } });
    const param = { parameters: { parameters: [{ name: 'page', value: '={{ $pageCount }}' }] } };
    expect(
      await pages('next', { paginationMode: 'responseContainsNextURL', nextURL: '={{ $response.body.next }}' }),
    ).toMatchObject([{ page: 0 }, { page: 1 }, { page: 2 }]);
    expect(
      await pages('pages/until404', {
        ...param,
        paginationCompleteWhen: 'receiveSpecificStatusCodes',
        statusCodesWhenComplete: '404, 410',
      }),
    ).toHaveLength(6);
    expect(
      await pages('pages', {
        ...param,
        paginationCompleteWhen: 'other',
        completeExpression: '={{ $response.body[0].page === 1 }}',
      }),
    ).toHaveLength(4);
    expect(await pages('pages', { ...param, limitPagesFetched: true, maxRequests: 2 })).toHaveLength(4);
    await expect(pages('list', { ...param })).rejects.toThrow(/same answer 5 times/);
  });

  it('refuses what would weaken TLS or hide the way out', async ({ expect }) => {
    await expect(send({ url: base, options: { allowUnauthorizedCerts: true } })).rejects.toThrow(
      /Certificates are always checked/,
    );
    await expect(send({ url: base, options: { proxy: 'http://127.0.0.1:3128' } })).rejects.toThrow(/proxy/);
  });

  it('[EGR12] accounts for what it sent', async ({ expect }) => {
    const { reply } = await send(
      { method: 'POST', url: `${base}/list`, sendBody: true, specifyBody: 'json', jsonBody: '{"a":1}' },
      { items: [{}, {}] },
    );
    expect(reply.ok && (reply.value as unknown as HttpReplyValue).meta).toEqual({
      requests: 2,
      bytesIn: 38,
      bytesOut: 14,
    });
  });

  it('answers for kinds nobody performs', async ({ expect }) => {
    const reply = await perform(
      { tenant: 'acme', effect: { kind: '__proto__', class: 'pure', payload: {} }, key: 'k', policy: LOCAL },
      fakePorts(),
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'unknown-effect', retryable: false } });
  });
});
