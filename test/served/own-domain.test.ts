import { createServer, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'vitest';
import { chain, hook } from './documents.ts';
import { organization } from './people.ts';
import { Server } from './server.ts';

/** DNS over https as JSON, without the s: it knows the TXT records it is told. */
class Resolver {
  readonly records = new Map<string, string>();
  readonly #server = createServer(({ url = '' }, response) => {
    const name = new URL(url, 'http://resolver').searchParams.get('name') ?? '';
    const data = this.records.get(name);
    const answers = data === undefined ? [] : [{ name, type: 16, data: JSON.stringify(data) }];
    response.setHeader('content-type', 'application/dns-json');
    response.end(JSON.stringify({ Status: 0, Answer: answers }));
  });
  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/dns-query`;
  }
  close(): void {
    this.#server.close();
  }
}

/** As a browser that found this machine under another name; fetch would not let us say so. */
async function at(
  server: Server,
  host: string,
  path: string,
  method = 'POST',
): Promise<{ status: number; text: string }> {
  const { port } = new URL(server.ready.url);
  const answer = await new Promise<IncomingMessage>((done, fail) => {
    const headers = { host, 'content-type': 'application/json' };
    request({ host: '127.0.0.1', port, path, method, headers }, done)
      .on('error', fail)
      .end(method === 'GET' ? undefined : '{}');
  });
  let text = '';
  for await (const part of answer) text += String(part);
  return { status: answer.statusCode ?? 0, text };
}

describe('[HDM1][HDM2][HDM3] a domain of an organisation’s own, through the launcher', () => {
  it('answers once DNS shows whose it is, for its organisation alone', async ({ expect }) => {
    const resolver = new Resolver();
    const server = await Server.start({ DNS_RESOLVER_URL: await resolver.listen() });
    try {
      await server.publish(chain('orders', [hook('orders', 'lastNode', {})]));
      const host = 'hooks.example.test';
      const { dns } = (await server.ok('POST', '/v1/hook-domains', { domain: host })) as {
        dns: { name: string; value: string };
      };
      expect((await at(server, host, '/orders')).status).not.toBe(200);
      expect((await server.api('POST', `/v1/hook-domains/${host}/verify`)).json).toMatchObject({
        code: 'domain-unproven',
      });
      resolver.records.set(dns.name, dns.value);
      expect(await server.ok('POST', `/v1/hook-domains/${host}/verify`)).toMatchObject({ method: 'dns' });
      expect((await at(server, host, '/orders')).status).toBe(200);
      expect((await at(server, `${host}:8080`, '/orders')).status).toBe(200);
      for (const path of ['/v1/workflows', '/', '/health', '/internal/stats']) {
        expect((await at(server, host, path, 'GET')).status, path).toBe(404);
      }
      expect((await at(server, 'other.example.test', '/orders')).status).not.toBe(200);

      await organization(server, 'neighbour');
      expect((await at(server, host, '/hooks/neighbour/quick-start')).status).toBe(404);
      expect((await server.hook('quick-start')).status).toBe(200);

      await server.ok('DELETE', `/v1/hook-domains/${host}`);
      expect((await at(server, host, '/orders')).status).not.toBe(200);
    } finally {
      await server.stop();
      resolver.close();
    }
  });
});

describe('an organisation, through the launcher', () => {
  it('is ready within five seconds: made, and its first webhook answered', async ({ expect }) => {
    const server = await Server.start();
    try {
      const { browser } = await organization(server, 'before');
      const startedMs = performance.now();
      const response = await fetch(`${server.ready.url}/v1/organizations`, {
        method: 'POST',
        headers: { ...browser, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'After', region: 'weur', environments: ['preview'] }),
      });
      const { quickStart } = (await response.json()) as { quickStart: string };
      const hooked = await fetch(quickStart, { method: 'POST', body: '{}' });
      const tookMs = performance.now() - startedMs;
      expect([response.status, hooked.status]).toEqual([201, 200]);
      console.log(`an organisation was ready after ${Math.round(tookMs)} ms`);
      expect(tookMs).toBeLessThan(5_000);
    } finally {
      await server.stop();
    }
  });
});
