import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../core/data/item.ts';
import type { Workflow } from '../../core/graph/document.ts';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import type { Ready } from '../harness/launcher.ts';

/** An answer, read. `json` is undefined when the body is not JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: JsonObject | undefined;
}

export interface StepView {
  index: number;
  node: string;
  nodeName: string;
  status: string;
  attempts: number;
  outputs: ({ json: JsonObject }[] | null)[];
  error?: { code: string; message: string };
}

export interface RunView {
  id: string;
  version: string;
  status: string;
  mode: string;
  steps: number;
  error?: { code: string; message: string; node?: string };
  waitingFor?: string;
  resumeUrls?: { node: string; url: string }[];
  nodes: StepView[];
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  let json: JsonObject | undefined;
  try {
    json = JSON.parse(text) as JsonObject;
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A port of its own, known beforehand: resume URLs hold it. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

/** The real launcher with its own data, and how tests speak to it: over HTTP only. */
export class Server {
  launcher: Launcher;
  readonly dataDir: string;
  ready: Ready = { url: '', tenant: '', apiKey: '', hookUrl: '' };
  readonly #env: Record<string, string>;

  private constructor(launcher: Launcher, dataDir: string, env: Record<string, string>) {
    this.launcher = launcher;
    this.dataDir = dataDir;
    this.#env = env;
  }

  /** `node`: what runs the launcher, in place of this process's own. */
  static async start(env: Record<string, string> = {}, more: { node?: string } = {}): Promise<Server> {
    const dataDir = temporaryDataDir();
    const settings = { PORT: String(await freePort()), ...env };
    const server = new Server(new Launcher({ dataDir, env: settings, ...more }), dataDir, settings);
    try {
      server.ready = await server.launcher.ready();
    } catch (error) {
      removeDataDir(dataDir);
      throw error;
    }
    return server;
  }

  /** As after an update: the same data, settings and address, a new process. `between`: while no process runs. */
  async restart(between?: () => void): Promise<void> {
    await this.launcher.stop();
    between?.();
    const { apiKey } = this.ready;
    this.launcher = new Launcher({ dataDir: this.dataDir, env: this.#env });
    this.ready = { ...(await this.launcher.ready()), apiKey };
  }

  async stop(): Promise<void> {
    await this.launcher.stop();
    removeDataDir(this.dataDir);
  }

  /** `text` is sent as it is; `body` as JSON. */
  async api(
    method: string,
    path: string,
    more: { body?: unknown; text?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const text = more.text ?? (more.body === undefined ? undefined : JSON.stringify(more.body));
    const response = await fetch(this.ready.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.ready.apiKey}`,
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...more.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    return readAnswer(response);
  }

  /** @throws Error with the answer when it is not 2xx. */
  async ok(method: string, path: string, body?: unknown): Promise<JsonObject> {
    const answer = await this.api(method, path, { body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 2_000)}`);
    return answer.json ?? {};
  }

  async create(document: Workflow): Promise<string> {
    return String((await this.ok('POST', '/v1/workflows', document))['id']);
  }

  async publish(document: Workflow): Promise<string> {
    const id = await this.create(document);
    await this.ok('POST', `/v1/workflows/${id}/publish`);
    return id;
  }

  hookAddress(path: string): string {
    return `${this.ready.url}/hooks/${this.ready.tenant}/${path}`;
  }

  /** A webhook call with a JSON body, unless `text` is given. */
  async hook(
    path: string,
    body: unknown = {},
    more: { text?: string; headers?: Record<string, string>; method?: string } = {},
  ): Promise<Answer> {
    const response = await fetch(this.hookAddress(path), {
      method: more.method ?? 'POST',
      headers: { 'content-type': 'application/json', ...more.headers },
      body: more.text ?? JSON.stringify(body),
    });
    return readAnswer(response);
  }

  async run(id: string, wait = '30s'): Promise<RunView> {
    return (await this.ok('GET', `/v1/runs/${id}?wait=${wait}`)) as unknown as RunView;
  }

  /** Starts a run through the API and waits until it is at rest. */
  async start(workflow: string, body: JsonObject = {}, wait = '60s'): Promise<RunView> {
    return (await this.ok('POST', `/v1/workflows/${workflow}/runs?wait=${wait}`, body)) as unknown as RunView;
  }

  async runsOf(workflow: string): Promise<RunView[]> {
    const { runs } = await this.ok('GET', `/v1/runs?workflow=${workflow}&limit=200`);
    return runs as unknown as RunView[];
  }
}

/** The last step of a node, by id. @throws Error when it did not run. */
export function stepOf(run: RunView, node: string): StepView {
  const step = run.nodes.findLast((each) => each.node === node);
  if (!step) throw new Error(`${node} did not run: ${run.status} ${JSON.stringify(run.error)}`);
  return step;
}

/** JSON of the first output's items. */
export const itemsOf = (run: RunView, node: string): JsonObject[] =>
  (stepOf(run, node).outputs[0] ?? []).map((item) => item.json);
