import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Json } from '../../../core/data/item.ts';
import type { Workflow } from '../../../core/graph/document.ts';
import { type RunView, Server } from '../server.ts';

/** Real workflows of different kinds, by the name of their file. Each runs to its end with a stand-in for its services. */
const FILES = [
  { file: '131835ac8be32cec', kind: 'webhook, HTTP, reply' },
  { file: '1903f4085ccc28b1', kind: 'schedule, HTTP, lists, dates, branches' },
  { file: '407c1244c7e89c14', kind: 'webhook, code, switch, loop over items' },
  { file: '3d8fdab2b14d339b', kind: 'old functions, loop by hand' },
  { file: '1a5430463597c2ff', kind: 'comparing data sets' },
  { file: '51dbd842b03b92e2', kind: 'HTML extraction, item lists' },
  { file: '154b0d026a285e25', kind: 'loop, wait, duplicates' },
  { file: '4fed18a4c23451a9', kind: 'old functions, switch, second-generation Set' },
  { file: '7aef664c404bf2b2', kind: 'merging branches' },
  { file: '0587d8e48dd345a4', kind: 'HTTP, filter, limit, duplicates' },
] as const;

const folder = path.resolve('..', 'shared', 'data', 'n8n', 'workflows');
const missing = existsSync(folder) ? undefined : '../shared/data/n8n/workflows is not there: no real workflows to run';

/** What every service answers: lists and objects under the names that workflows look for. */
const ANSWER = {
  ok: true,
  id: 1,
  name: 'x',
  items: [
    { id: 1, name: 'a' },
    { id: 2, name: 'b' },
  ],
  data: [{ id: 1 }],
  results: [{ id: 1 }],
};

let server: Server;
let standIn: HttpServer;
let address = '';
let calls = 0;

beforeAll(async () => {
  if (missing) return;
  standIn = createServer((request, response) => {
    calls++;
    request.resume();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(ANSWER));
  });
  await new Promise<void>((done) => standIn.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(standIn.address() as AddressInfo).port}`;
  server = await Server.start();
}, 400_000);
afterAll(async () => {
  if (missing) return;
  await server.stop();
  standIn.close();
});

/** The same value with every address of a service led to the stand-in. */
function ledHere(value: Json): Json {
  if (typeof value === 'string') return value.replace(/https?:\/\/[\w.-]+(?::\d+)?/g, address);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(ledHere);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, ledHere(inner)]));
}

/** Imports the file as anybody would, and leads what it calls to the stand-in. Credentials are the person's to choose. */
async function imported(file: string): Promise<string> {
  const source = JSON.parse(readFileSync(path.join(folder, `${file}.json`), 'utf8')) as object;
  const id = String((await server.ok('POST', '/v1/workflows/import', source))['id']);
  const document = (await server.ok('GET', `/v1/workflows/${id}`))['document'] as unknown as Workflow;
  for (const node of document.nodes) {
    if (node.type === 'http-request') node.parameters = ledHere(node.parameters) as typeof node.parameters;
  }
  await server.ok('PUT', `/v1/workflows/${id}`, document);
  return id;
}

describe('ten real workflows', () => {
  if (missing) it.skip(missing, () => undefined);
  for (const { file, kind } of missing ? [] : FILES) {
    it(`${file} runs: ${kind}`, async ({ expect }) => {
      const id = await imported(file);
      const before = calls;
      const items = [{ json: { body: {}, query: {}, headers: {} } }];
      const run: RunView = await server.start(id, { input: items });
      expect({ status: run.status, error: run.error }).toEqual({ status: 'success', error: undefined });
      expect(run.steps).toBeGreaterThanOrEqual(3);
      expect(run.nodes.every(({ status }) => status === 'success')).toBe(true);
      const sent = run.nodes.filter(({ outputs }) => outputs.length > 0).length;
      expect(sent).toBe(run.steps);
      if (kind.includes('HTTP') || kind.includes('HTML')) expect(calls).toBeGreaterThan(before);
    });
  }
});
