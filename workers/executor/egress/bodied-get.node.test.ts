import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, it } from 'vitest';
import { nodeConnect } from '../../../test/harness/sockets.ts';
import type { EgressPolicy } from './policy.ts';
import { egressFetch } from './fetch.ts';
import type { EgressPorts } from './fetch.ts';

const policy: EgressPolicy = { allow: ['127.0.0.1'], deny: [] };
let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (answer: RequestListener): Promise<string> => listen(createHttpServer(answer));
/** Says this to whoever connects, whatever they ask. */
const say = (text: string): Promise<string> =>
  listen(
    createTcpServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end(text, 'latin1'))),
  );

const ports: EgressPorts = {
  fetch: () => Promise.reject(new Error('fetch was asked')),
  connect: nodeConnect(),
};

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

const get = (url: string, body = '{"a":"ü"}', more: { method?: string; maxBytes?: number; timeoutMs?: number } = {}) =>
  egressFetch(
    {
      url,
      method: more.method ?? 'GET',
      headers: [['content-type', 'application/json']],
      body: { make: () => Promise.resolve(body), bytes: new TextEncoder().encode(body).byteLength },
    },
    policy,
    { redirect: { follow: true, max: 3 }, maxBytes: more.maxBytes, timeoutMs: more.timeoutMs ?? 5_000 },
    ports,
  );
const said = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: { code?: string }) => error.code,
  );

describe('[EGR21] a GET with a body', () => {
  it('arrives as it is, and its answer comes back, however it is framed', async ({ expect }) => {
    const url = await serve(async (request, response) => {
      const { method, headers } = request;
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.write(JSON.stringify({ method, path: request.url, type: headers['content-type'] }));
      response.end(await textOf(request));
    });
    const { status, body, headers, meta } = await get(`${url}/x%20y?q=1&r=ü`);
    expect(said(body)).toBe('{"method":"GET","path":"/x%20y?q=1&r=%C3%BC","type":"application/json"}{"a":"ü"}');
    expect([status, headers.getSetCookie(), meta.requests, meta.bytesOut]).toEqual([200, ['a=1', 'b=2'], 1, 10]);
    expect(said((await get(await say('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, not this'))).body)).toBe(
      'hello',
    );
    expect(said((await get(await say('HTTP/1.0 404 Not here\r\n\r\nto the end'))).body)).toBe('to the end');
    expect(
      said((await get(await say('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok'))).body),
    ).toBe('ok');
    expect((await get(await say('HTTP/1.1 204 No Content\r\n\r\n'))).status).toBe(204);
  });

  it('follows redirects under the same rules', async ({ expect }) => {
    const url = await serve((request, response) => {
      const to = request.url === '/private' ? 'http://10.0.0.1/' : '/there';
      if (request.url === '/there') return void response.end('there');
      response.writeHead(307, { location: to }).end();
    });
    expect(said((await get(`${url}/here`)).body)).toBe('there');
    expect(await codeOf(get(`${url}/private`))).toBe('egress-refused');
    expect(await codeOf(get('http://10.0.0.1/'))).toBe('egress-refused');
  });

  it('is cut off where it is too large or too slow', async ({ expect }) => {
    const endless = await serve((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
    expect(await codeOf(get(endless, '{}', { maxBytes: 200_000 }))).toBe('response-too-large');
    const silent = await serve(() => undefined);
    expect(await codeOf(get(silent, '{}', { timeoutMs: 200 }))).toBe('timeout');
  });

  it('fails by name on what is no HTTP', async ({ expect }) => {
    const broken = {
      'SSH-2.0-OpenSSH_9\r\n': 'bad-protocol',
      'HTTP/1.1 200 OK\r\nbad header\r\n\r\n': 'bad-protocol',
      'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n': 'bad-protocol',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n': 'bad-protocol',
      'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive!': 'connect-failed',
      [`HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(20_000)}\r\n`]: 'bad-protocol',
      '': 'connect-failed',
    };
    for (const [text, code] of Object.entries(broken)) {
      expect([text.slice(0, 40), await codeOf(get(await say(text)))]).toEqual([text.slice(0, 40), code]);
    }
  });
});
