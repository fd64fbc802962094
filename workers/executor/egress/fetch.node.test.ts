import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { fakePorts, LOCAL } from '../testing/fakes.ts';
import { EgressError } from './error.ts';
import type { EgressLimits, EgressRequest } from './fetch.ts';
import { egressFetch } from './fetch.ts';
import type { EgressPolicy } from './policy.ts';

const MIB = 1024 * 1024;
let server: Server;
let base = '';
/** The same server under another origin. */
let other = '';
let sentBytes = 0;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', base);
  const [, verb, argument = ''] = url.pathname.split('/');
  if (verb === 'to') {
    response.writeHead(Number(argument), { location: url.searchParams.get('url') ?? '' }).end('moved');
  } else if (verb === 'loop') response.writeHead(302, { location: '/loop' }).end();
  else if (verb === 'endless') {
    const chunk = Buffer.alloc(256 * 1024);
    const pump = (): void => {
      while (!response.destroyed) {
        sentBytes += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', pump);
      }
    };
    pump();
  } else if (verb === 'bomb') {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * MIB)));
  } else if (verb === 'declared') {
    response.writeHead(200, { 'content-length': String(2 * 1024 * MIB) });
    response.write('x');
  } else if (verb === 'drip') {
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  } else if (verb === 'silent') {
    // Never answers.
  } else {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () =>
      response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body })),
    );
  }
}

beforeAll(async () => {
  server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, done));
  const { port } = server.address() as AddressInfo;
  base = `http://127.0.0.1:${port}`;
  other = `http://localhost:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const FOLLOW: EgressLimits = { redirect: { follow: true, max: 5 }, timeoutMs: 5_000 };

async function get(
  url: string,
  more: {
    request?: Partial<EgressRequest>;
    policy?: EgressPolicy;
    limits?: Partial<EgressLimits>;
    resolve?: () => Promise<string[]>;
  } = {},
) {
  const ports = fakePorts().egress;
  return egressFetch(
    { url, method: 'GET', headers: [], ...more.request },
    more.policy ?? LOCAL,
    { ...FOLLOW, ...more.limits },
    more.resolve ? { ...ports, resolve: more.resolve } : ports,
  );
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof EgressError ? error.code : `threw ${String(error)}`),
  );
const seen = async (work: ReturnType<typeof get>) =>
  JSON.parse(new TextDecoder().decode((await work).body)) as {
    method: string;
    url: string;
    headers: Record<string, string>;
    body: string;
  };
const text = (value: string) => ({ make: () => Promise.resolve(value), bytes: value.length });

const connect = (): Promise<never> => Promise.reject(new Error('no sockets here'));

describe('egressFetch', () => {
  it('[EGR12] counts exchanges and bytes', async ({ expect }) => {
    const reply = await get(`${base}/to/302?url=/echo`, { request: { method: 'PUT', body: text('12345') } });
    expect(reply.meta).toEqual({ requests: 2, bytesIn: reply.body.byteLength, bytesOut: 10 });
    expect(reply.url).toBe(`${base}/echo`);
  });

  it('[EGR7] checks every hop of a redirect', async ({ expect }) => {
    const targets = [
      'http://10.0.0.1/',
      'http://169.254.169.254/latest/',
      'file:///etc/passwd',
      'http://2852039166/',
      'http://[::ffff:127.0.0.1]/',
      'http://metadata/',
      'gopher://x/',
      'http://u:p@127.0.0.1/',
      'http://127.0.0.1:6379/',
    ];
    const codes = await Promise.all(
      targets.flatMap((url) =>
        [301, 302, 303, 307, 308].map((status) => codeOf(get(`${base}/to/${status}?url=${encodeURIComponent(url)}`))),
      ),
    );
    expect(new Set(codes)).toEqual(new Set(['egress-refused']));
    expect(codes).toHaveLength(45);
  });

  it('[EGR7] stops after the allowed number of redirects, and gives the redirect itself when not following', async ({
    expect,
  }) => {
    expect(await codeOf(get(`${base}/loop`))).toBe('too-many-redirects');
    expect(await codeOf(get(`${base}/to/302?url=/echo`, { limits: { redirect: { follow: true, max: 0 } } }))).toBe(
      'too-many-redirects',
    );
    const stayed = await get(`${base}/to/302?url=/echo`, { limits: { redirect: { follow: false, max: 0 } } });
    expect([stayed.status, stayed.headers.get('location')]).toEqual([302, '/echo']);
  });

  it('[EGR7] never goes from https to http', async ({ expect }) => {
    const fetch = (): Promise<Response> =>
      Promise.resolve(new Response(null, { status: 302, headers: { location: 'http://example.com/' } }));
    const work = egressFetch({ url: 'https://example.com/', method: 'GET', headers: [] }, LOCAL, FOLLOW, {
      fetch,
      connect,
    });
    expect(await codeOf(work)).toBe('egress-refused');
  });

  it('[EGR8] drops credentials across origins only', async ({ expect }) => {
    const headers: [string, string][] = [
      ['Authorization', 'Bearer s'],
      ['Cookie', 'a=b'],
      ['X-API-Key', 'k'],
      ['X-Auth-Token', 't'],
      ['Idempotency-Key', 'i'],
      ['X-Other', 'o'],
    ];
    const names = async (url: string): Promise<string[]> =>
      Object.keys((await seen(get(url, { request: { headers } }))).headers)
        .filter((name) => headers.some(([key]) => key.toLowerCase() === name))
        .sort();
    expect(await names(`${base}/to/307?url=${base}/echo`)).toEqual([
      'authorization',
      'cookie',
      'idempotency-key',
      'x-api-key',
      'x-auth-token',
      'x-other',
    ]);
    expect(await names(`${base}/to/307?url=${other}/echo`)).toEqual(['x-other']);
  });

  it('[EGR8] rewrites methods as fetch does', async ({ expect }) => {
    const cases: [string, number, string, string][] = [
      ['POST', 301, 'GET', ''],
      ['POST', 302, 'GET', ''],
      ['POST', 303, 'GET', ''],
      ['POST', 307, 'POST', 'b'],
      ['POST', 308, 'POST', 'b'],
      ['PUT', 301, 'PUT', 'b'],
      ['PUT', 302, 'PUT', 'b'],
      ['PUT', 303, 'GET', ''],
      ['DELETE', 303, 'GET', ''],
      ['PUT', 307, 'PUT', 'b'],
    ];
    const got: unknown[] = [];
    for (const [method, status] of cases) {
      const reply = await seen(
        get(`${base}/to/${status}?url=/echo`, {
          request: { method, body: text('b'), headers: [['content-type', 'text/x']] },
        }),
      );
      got.push([method, status, reply.method, reply.body]);
      expect('content-type' in reply.headers && reply.headers['content-type'] === 'text/x').toBe(reply.body === 'b');
    }
    expect(got).toEqual(cases);
  });

  it('[EGR9] limits the whole exchange in time: silence and slow bodies alike', async ({ expect }) => {
    const started = Date.now();
    expect(await codeOf(get(`${base}/silent`, { limits: { timeoutMs: 150 } }))).toBe('timeout');
    expect(await codeOf(get(`${base}/drip`, { limits: { timeoutMs: 150 } }))).toBe('timeout');
    expect(await codeOf(get(`${base}/drip`, { policy: { ...LOCAL, timeoutMs: 100 } }))).toBe('timeout');
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('[EGR10] cuts a response off while it streams', async ({ expect }) => {
    sentBytes = 0;
    expect(await codeOf(get(`${base}/endless`))).toBe('response-too-large');
    expect(sentBytes).toBeLessThan(64 * MIB);
    expect(await codeOf(get(`${base}/bomb`, { limits: { maxBytes: MIB } }))).toBe('response-too-large');
    expect(await codeOf(get(`${base}/declared`))).toBe('response-too-large');
    expect(await codeOf(get(`${base}/echo`, { policy: { ...LOCAL, maxResponseBytes: 10 } }))).toBe(
      'response-too-large',
    );
  });

  it('[EGR11] refuses headers that split a request and keeps connection headers its own', async ({ expect }) => {
    const bad: [string, string][] = [
      ['X-A', 'a\r\nX-B: b'],
      ['X-A', 'a\nb'],
      ['X-A\r\nX-B', 'a'],
      ['X A', 'a'],
      ['X-A:', 'a'],
      ['', 'a'],
      ['X-A', 'a\u0000b'],
      ['X-Ü', 'a'],
      ['X-A', 'snow☃'],
    ];
    const codes = await Promise.all(
      bad.map((header) => codeOf(get(`${base}/echo`, { request: { headers: [header] } }))),
    );
    expect(codes).toEqual(bad.map(() => 'egress-refused'));
    const own: [string, string][] = [
      ['Host', 'evil.example'],
      ['Content-Length', '3'],
      ['Transfer-Encoding', 'chunked'],
      ['X-Forwarded-For', '127.0.0.1'],
      ['Connection', 'upgrade'],
      ['Proxy-Authorization', 'x'],
    ];
    const { headers } = await seen(get(`${base}/echo`, { request: { headers: own } }));
    expect([
      headers['host'],
      headers['content-length'],
      headers['transfer-encoding'],
      headers['x-forwarded-for'],
      headers['proxy-authorization'],
    ]).toEqual([base.slice(7), undefined, undefined, undefined, undefined]);
  });

  it('[EGR6] resolves names that are not listed and refuses a rebinding answer', async ({ expect }) => {
    const nobody: EgressPolicy = { allow: [], deny: [] };
    const asked = (addresses: string[]) =>
      codeOf(
        get('http://example.com/', {
          policy: nobody,
          resolve: () => Promise.resolve(addresses),
          limits: { timeoutMs: 50 },
        }),
      );
    expect(await asked(['127.0.0.1'])).toBe('egress-refused');
    expect(await asked(['93.184.216.34', 'fd00::1'])).toBe('egress-refused');
    expect(
      await codeOf(
        get('http://example.com/', { policy: nobody, resolve: () => Promise.reject(new Error('SERVFAIL')) }),
      ),
    ).toBe('dns-failed');
  });

  it('says when nobody listens', async ({ expect }) => {
    expect(await codeOf(get('http://127.0.0.1:9/'))).toBe('egress-refused');
    expect(await codeOf(get('http://127.0.0.1:49999/'))).toBe('connect-failed');
  });

  it("[EGR9] turns a network filter's refusal into a policy refusal", async ({ expect }) => {
    const fetch = (): Promise<Response> => Promise.reject(new Error('connect() blocked by restrictPeers()'));
    expect(
      await codeOf(
        egressFetch({ url: 'http://example.com/', method: 'GET', headers: [] }, LOCAL, FOLLOW, { fetch, connect }),
      ),
    ).toBe('egress-refused');
  });
});
