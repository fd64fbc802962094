import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { JsonObject } from '../../../../core/data/item.ts';
import type { WorkflowNode } from '../../../../core/graph/document.ts';
import { chain, manual, node } from '../../../served/documents.ts';
import { type RunView, Server, sleep } from '../../../served/server.ts';
import type { Finding } from '../../group.ts';
import { Sink } from '../../sink.ts';

/** Runs keep the rules of egress for ten seconds. */
const RULES_MS = 11_000;
const AT_ONCE = 4;

export const MARK = 'reached-the-sink-77';

/** A server that may be reached: it redirects, echoes and misbehaves as its path says. */
export class Allowed {
  readonly seen: { url: string; headers: IncomingMessage['headers']; raw: string[] }[] = [];
  readonly #server: HttpServer;
  constructor(server: HttpServer) {
    this.#server = server;
  }

  static async start(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Allowed> {
    const server = createServer();
    const allowed = new Allowed(server);
    server.on('request', (request, response) => {
      allowed.seen.push({ url: request.url ?? '', headers: request.headers, raw: request.rawHeaders });
      response.on('error', () => undefined);
      answer(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return allowed;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** Ways by which a workflow sends a request; each takes its address from `url` of the item. */
export const WAYS = ['http', 'graphql', 'rss', 'code'] as const;
export type Way = (typeof WAYS)[number];

const nodeOf = (way: Way) => {
  switch (way) {
    case 'http':
      return node('ask', 'http-request', 4.2, { url: '={{ $json.url }}', options: {} });
    case 'graphql':
      return node('ask', 'graphql', 1.1, { endpoint: '={{ $json.url }}', query: '{ a }' });
    case 'rss':
      return node('ask', 'rss-feed-read', 1.1, { url: '={{ $json.url }}', options: {} });
    case 'code':
      return node('ask', 'code', 2, {
        jsCode: 'const r = await this.helpers.httpRequest({ url: $json.url, json: false }); return [{ json: { r } }];',
        options: { network: true },
      });
  }
};

export class Bench {
  readonly server: Server;
  readonly sink: Sink;
  readonly allowed: Allowed;
  readonly other: Allowed;
  cases = 0;
  readonly succeeded: Finding[] = [];
  readonly hung: Finding[] = [];
  readonly #flows = new Map<Way, Promise<string>>();

  constructor(parts: { server: Server; sink: Sink; allowed: Allowed; other: Allowed }) {
    this.server = parts.server;
    this.sink = parts.sink;
    this.allowed = parts.allowed;
    this.other = parts.other;
  }

  /** A product whose organisation may reach two listeners on this machine, and nothing else that is private. */
  static async start(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Bench> {
    const [server, sink, allowed, other] = await Promise.all([
      Server.start(),
      Sink.start(),
      Allowed.start(answer),
      Allowed.start((request, response) => void response.end(JSON.stringify(request.headers))),
    ]);
    sink.answer = JSON.stringify({ data: MARK });
    const bench = new Bench({ server, sink, allowed, other });
    await bench.open([`127.0.0.1:${allowed.port}`, `127.0.0.1:${other.port}`]);
    return bench;
  }

  async stop(): Promise<void> {
    this.sink.stop();
    this.allowed.stop();
    this.other.stop();
    await this.server.stop();
  }

  async open(allow: string[]): Promise<void> {
    const key = readFileSync(join(this.server.dataDir, 'deployment.key'), 'utf8').trim().split('\n')[0] ?? '';
    const response = await fetch(`${this.server.ready.url}/internal/egress?tenant=${this.server.ready.tenant}`, {
      method: 'PUT',
      headers: { 'x-deployment-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({ private: allow }),
    });
    if (!response.ok) throw new Error(await response.text());
    await sleep(RULES_MS);
  }

  flow(way: Way, more: Partial<WorkflowNode> = {}): Promise<string> {
    let made = this.#flows.get(way);
    if (!made) {
      made = this.server.create(chain(`A9 ${way}`, [manual(), { ...nodeOf(way), ...more }]));
      this.#flows.set(way, made);
    }
    return made;
  }

  ask = async (way: Way, url: string): Promise<RunView> =>
    this.server.start(await this.flow(way), { input: { url } }, '60s');

  /** Judges one attempt: nobody came to the sink, and what stopped it has a name that is not the network's. */
  judge(id: string, about: string, run: RunView, before: number, more: { byNetwork?: boolean } = {}): void {
    this.cases++;
    const said = JSON.stringify(run);
    const code = run.error?.code;
    const why =
      this.sink.connections > before
        ? 'a connection arrived'
        : said.includes(MARK)
          ? 'the answer of the sink is in the run'
          : run.status === 'success'
            ? `it went through: ${said.slice(0, 300)}`
            : code === undefined || !/^[a-z][a-z0-9-]*$/.test(code) || ['executor-fault', 'internal'].includes(code)
              ? `an error without a name: ${JSON.stringify(run.error)}`
              : more.byNetwork !== true && /^(timeout|dns-failed|connect-failed)$/.test(code)
                ? `only the network stopped it: ${JSON.stringify(run.error)}`
                : undefined;
    if (why !== undefined) this.succeeded.push({ id, about, why });
    if (run.status === 'running' || run.status === 'waiting') this.hung.push({ id, about, why: run.status });
  }
}

/** Works through a list, some at a time. */
export async function each<T>(
  list: readonly T[],
  work: (one: T, index: number) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < list.length) {
      const index = next++;
      await work(list[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

export type Values = JsonObject;
