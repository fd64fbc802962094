import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'vitest';
import { chain, hook } from './documents.ts';
import { asOperator } from './people.ts';
import { Server, sleep } from './server.ts';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Somebody's own system: fails once, then takes what comes. */
class Receiver {
  readonly received: Received[] = [];
  readonly #server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      this.received.push({ headers: request.headers, body });
      response.statusCode = this.received.length === 1 ? 500 : 204;
      response.end();
    });
  });
  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/in`;
  }
  close(): void {
    this.#server.close();
  }
}

describe('[USE7][USE14] notices of limits', () => {
  it('come to somebody’s own system, signed, and again when it failed', async ({ expect }) => {
    const receiver = new Receiver();
    const server = await Server.start();
    try {
      const overrides = { meters: { runs: { soft: 5 } } };
      const plan = { plan: 'unlimited', overrides };
      expect((await asOperator(server, 'PUT', '/internal/organizations/local/plan', plan)).status).toBe(200);
      const url = await receiver.listen();
      const { id, secret } = (await server.ok('POST', '/v1/usage/sinks', { url })) as { id: string; secret: string };
      await server.publish(chain('count', [hook('count', 'lastNode', {})]));
      for (let run = 0; run < 6; run++) expect((await server.hook('count')).status).toBe(200);
      for (let tries = 0; tries < 300 && receiver.received.length < 2; tries++) {
        await server.ok('GET', '/v1/usage');
        await sleep(100);
      }
      const [failed, taken] = receiver.received;
      const told = receiver.received.map(({ body }) => JSON.parse(body) as { event: string; notices: object[] });
      expect(told[1]).toMatchObject({ event: 'usage.limit-reached', version: 1, organization: 'local' });
      expect(told.flatMap(({ notices }) => notices)).toEqual(
        expect.arrayContaining([expect.objectContaining({ meter: 'runs', percent: 80, kind: 'soft', limit: 5 })]),
      );
      expect(failed && JSON.parse(failed.body)).toMatchObject({ version: 1 });
      for (const { headers, body } of receiver.received) {
        const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
        const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64');
        expect(headers['webhook-signature']).toBe(`v1,${mac}`);
        const own = createHmac('sha256', secret).update(body).digest('hex');
        expect(headers['x-millrace-signature']).toBe(`sha256=${own}`);
      }
      expect(taken?.headers['content-type']).toBe('application/json');
      const sinks = async (): Promise<unknown> => (await server.ok('GET', '/v1/usage/sinks'))['sinks'];
      // it is written down after the answer came
      await expect.poll(sinks).toMatchObject([{ id, url, failures: 0, error: '' }]);
      expect((await server.api('DELETE', `/v1/usage/sinks/${id}`)).status).toBe(204);
    } finally {
      await server.stop();
      receiver.close();
    }
  });
});
