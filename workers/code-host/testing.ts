import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { join } from 'node:path';
import type { Item, Json } from '../../core/data/item.ts';
import type { EffectReply, Kept, NodeType } from '../../core/node/kit.ts';
import { node as codeNode } from '../../core/nodes/code/index.ts';
import type { Trial } from '../../core/nodes/testing.ts';
import { compileFor, stepOf } from '../../core/nodes/testing.ts';
import type { CodeHost, CodeHostOptions } from '../../scripts/serve/code-host.ts';
import { startCodeHost } from '../../scripts/serve/code-host.ts';
import { perform } from '../executor/perform.ts';
import type { FetcherLike } from '../executor/ports.ts';
import type { FakePorts } from '../executor/testing/fakes.ts';
import { fakePorts, LOCAL } from '../executor/testing/fakes.ts';

/** A service binding over a unix socket, as the launcher's external service is one: fails when the connection does. */
export function socketFetcher(socketPath: () => string): FetcherLike {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    fetch: (url, init) =>
      new Promise((done, fail) => {
        const call = request(
          {
            agent,
            socketPath: socketPath(),
            path: new URL(url).pathname + new URL(url).search,
            method: 'POST',
            headers: (init?.headers ?? {}) as Record<string, string>,
          },
          (reply) => {
            const body = Readable.toWeb(reply) as ReadableStream<Uint8Array>;
            done(new Response(body, { status: reply.statusCode ?? 500 }));
          },
        );
        call.on('error', fail);
        if (init?.body instanceof ReadableStream) Readable.fromWeb(init.body as WebStream).pipe(call);
        else call.end(init?.body as string);
      }),
  };
}

export interface CodeTrial extends Trial {
  tenant?: string;
  /** Default: the Code node. */
  type?: NodeType;
}

export interface CodeOutcome {
  items?: readonly Item[] | null;
  keep?: Kept;
  reply: EffectReply;
  rounds: number;
}

/** A code host of its own, and nodes that run on it as the engine runs them. */
export class CodeBench {
  readonly host: CodeHost;
  readonly ports: FakePorts;
  private readonly dataDir: string;

  private constructor(host: CodeHost, dataDir: string) {
    this.host = host;
    this.dataDir = dataDir;
    this.ports = fakePorts({ codeHost: socketFetcher(() => host.socket) });
  }

  static async start(options: Partial<CodeHostOptions> = {}): Promise<CodeBench> {
    const dataDir = mkdtempSync(join(tmpdir(), 'code-host-'));
    return new CodeBench(await startCodeHost({ dataDir, onLog: () => undefined, ...options }), dataDir);
  }

  async stop(): Promise<void> {
    await this.host.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Runs the node as the engine does: effect, perform, resume, until it has output. */
  readonly run = async (code: string, more: CodeTrial = {}): Promise<CodeOutcome> => {
    const { type = codeNode } = more;
    const sources = { jsCode: code, pythonCode: code, functionCode: code };
    const trial: Trial = { ...more, parameters: { ...sources, ...more.parameters } };
    const executor = compileFor(type, trial);
    const step = stepOf(type, trial);
    let result = executor.run(step);
    for (let rounds = 1; ; rounds++) {
      if (result.kind !== 'effect') throw new Error(`The node answered ${result.kind}`);
      const { effect } = result;
      const reply = await perform({ tenant: more.tenant ?? 'acme', effect, key: 'k', policy: LOCAL }, this.ports);
      if (!reply.ok) return { reply, rounds };
      const next = executor.resume?.(step, { kind: 'reply', value: reply.value });
      if (next?.kind === 'output') {
        const { outputs, keep } = next;
        return { items: outputs[0] ?? null, reply, rounds, ...(keep ? { keep } : {}) };
      }
      if (!next) throw new Error('The node has no resume');
      result = next;
    }
  };

  /** `code: message` of the failure, or `ok`. */
  readonly failureOf = async (code: string, more?: CodeTrial): Promise<string> => {
    const { reply } = await this.run(code, more);
    return reply.ok ? 'ok' : `${reply.error.code}: ${reply.error.message}`;
  };

  /** The first item's json. @throws Error with the failure's message. */
  readonly first = async (code: string, more?: CodeTrial): Promise<Json | undefined> => {
    const { reply, items } = await this.run(code, more);
    if (!reply.ok) throw new Error(reply.error.message);
    return items?.[0]?.json;
  };
}
