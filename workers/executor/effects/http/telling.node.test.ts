import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { HttpPayload } from '../../../../core/http/request.ts';
import type { JsonObject } from '../../../../core/data/item.ts';
import { MAX_SAID_CHARS } from '../../../../core/chat/told.ts';
import { perform } from '../../perform.ts';
import { fakePorts, LOCAL } from '../../testing/fakes.ts';
import { together } from './telling.ts';

const SECRET = 'canary-secret-12345';
const VARIABLE = 'finch-variable-67890';
let server: Server;
let base = '';
let write: (response: ServerResponse, path: string) => Promise<void> = async () => undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    const status = request.url === '/fails' ? 500 : 200;
    response.writeHead(status, { 'content-type': 'text/event-stream' });
    void write(response, request.url ?? '').then(() => response.end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const event = (text: string): string => `data: ${JSON.stringify({ text })}\n\n`;
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
/** What was told since the last `ask`. */
let told: string[] = [];
/** Until this was told, or would have been long ago. */
async function heard(text: string): Promise<void> {
  for (let tries = 0; tries < 300 && !told.includes(text); tries++) await pause(10);
}

const PLACEHOLDER = 'millrace-secret.production.KEY.0';

async function ask(path: string | string[] = '/', more: Partial<{ tells: true }> = { tells: true }) {
  told = [];
  const ports = fakePorts({
    tell: (texts) => void told.push(together(texts)),
    secretVariables: async () => new Map([[PLACEHOLDER, VARIABLE]]),
  });
  const type = 'httpHeaderAuth';
  const ref = ports.credentials.add(type, { name: 'x-key', value: SECRET }, ['value'], undefined);
  const payload: HttpPayload = {
    requests: [path].flat().map((each, itemIndex) => {
      const headers: [string, string][] = [['x-variable', PLACEHOLDER]];
      return { itemIndex, method: 'GET', url: base + each, query: [], headers, credential: { type, ref } };
    }),
    options: {
      format: 'autodetect',
      spoken: true,
      neverError: false,
      acceptStatuses: [],
      timeoutMs: 10_000,
      redirect: { follow: false, max: 0 },
      batch: { size: 0, intervalMs: 0 },
      delayMs: 0,
      continueOnFail: false,
    },
    state: null,
  };
  const effect = { kind: 'http', class: 'pure', payload: payload as unknown as JsonObject, ...more } as const;
  return await perform({ tenant: 'acme', effect, key: 'k', policy: LOCAL }, ports);
}

describe('[HTE9] an answer that is told as it comes', () => {
  it('is told as it grows, and is whole in the end', async ({ expect }) => {
    write = async (response) => {
      for (const [text, whole] of [
        ['one', 'one'],
        [' two', 'one two'],
        [' three', 'one two three'],
      ] as const) {
        response.write(event(text));
        await heard(whole);
      }
    };
    const reply = await ask();
    expect(told).toEqual(['one', 'one two', 'one two three']);
    expect(reply).toMatchObject({ ok: true, value: { results: [{ body: { value: { output: 'one two three' } } }] } });
    write = async (response) => {
      response.write(event('one'));
      await pause(300);
    };
    await ask('/', {});
    expect(told).toEqual([]);
  });

  it('never tells a secret that the service repeats, wherever it is cut', async ({ expect }) => {
    write = async (response) => {
      response.write(event(`it is ${SECRET.slice(0, 9)}`));
      await heard('it is ');
      response.write(event(`${SECRET.slice(9)}, or can`));
      await heard('it is [secret], or ');
      response.write(event('dles'));
      await heard('it is [secret], or candles');
    };
    const reply = await ask();
    expect(told[0]).toBe('it is ');
    expect(told.at(-1)).toMatch(/^it is .+, or candles$/);
    expect(JSON.stringify([told, reply])).not.toContain('canary');
  });

  it('never tells a part of one while another answer goes on', async ({ expect }) => {
    write = async (response, path) => {
      response.write(event(path === '/a' ? `it is ${VARIABLE.slice(0, 9)}` : 'all is '));
      await heard('it is \n\nall is ');
      response.write(event(path === '/a' ? VARIABLE.slice(9) : 'well'));
      await heard('it is \n\nall is well');
    };
    await ask(['/a', '/b']);
    expect(told).toContain('it is \n\nall is ');
    expect(told.at(-1)).toMatch(/^it is .*\n\nall is well$/);
    expect(JSON.stringify(told)).not.toContain('finch');
  });

  it('is not told again while nothing is added', async ({ expect }) => {
    write = async (response) => {
      response.write(event('one'));
      for (let count = 0; count < 3; count++) {
        await pause(200);
        response.write(': still here\n\n');
      }
    };
    await ask();
    expect(told).toEqual(['one']);
  });

  it('is told as far as a chat shows it', async ({ expect }) => {
    write = async (response) => {
      response.write(event('x'.repeat(MAX_SAID_CHARS - 1)));
      await heard('x'.repeat(MAX_SAID_CHARS - 1));
      for (let count = 0; count < 3; count++) {
        response.write(event('y'.repeat(1_000)));
        await pause(200);
      }
    };
    const reply = await ask();
    expect(told.map(({ length }) => length)).toEqual([MAX_SAID_CHARS - 1, MAX_SAID_CHARS]);
    expect(JSON.stringify(reply)).toContain('y'.repeat(3_000));
  });

  it('is told no more once its request failed', async ({ expect }) => {
    write = async (response) => {
      response.write(event('broken'));
      await pause(20);
      response.destroy();
    };
    const reply = await ask();
    expect(reply).toMatchObject({ ok: false });
    const before = told.length;
    await pause(300);
    expect(told.length).toBe(before);
  });

  it('tells nothing of a failure', async ({ expect }) => {
    write = async (response) => {
      response.write(event('broken'));
      await pause(200);
    };
    const reply = await ask('/fails');
    expect(told).toEqual([]);
    expect(reply).toMatchObject({ ok: false, error: { code: 'http-status' } });
    write = async (response) => void response.write('data: {"error":{"message":"overloaded"}}\n\n');
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'stream-failed', retryable: true } });
  });
});
