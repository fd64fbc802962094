import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EffectReply } from '../../../core/node/kit.ts';
import { failureOf } from '../../../core/nodes/code/failure.ts';
import type { CodePayload } from '../../../core/nodes/code/payload.ts';
import type { World } from '../terminal/cli.ts';
import { grantWish } from './wishes.ts';

/** As on a server. */
export const CODE_WALL_MS = 10_000;
const NETWORK_WALL_MS = 60_000;
const MAX_OLD_SPACE_MB = 512;

/** What goes to the child, and what comes back. */
export interface CodeRequest {
  code: string;
  language: CodePayload['language'];
  meta: string;
  items: string;
  nodes: string;
}

/** The code's own requests while it runs, answered under their number. */
export interface WishAnswer {
  wish: number;
  answer: string;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Runs authors' JavaScript in a child process that may read no file but the prelude's, start nothing, and sees an empty
 * environment (Node's permission model). It is killed when it does not answer in time. Requests go through this
 * process, and only for nodes that may send them.
 */
export class CodeRunner {
  private readonly wallMs: number | undefined;
  private readonly send: World['fetch'];
  private child: ChildProcess | undefined;
  /** Calls go one after the other: they share a process. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(send: World['fetch'], wallMs?: number) {
    this.send = send;
    this.wallMs = wallMs;
  }

  perform(payload: CodePayload, timeoutMs: number | undefined): Promise<EffectReply> {
    const { code, language, network, metaJson, itemsJson, nodesJson } = payload;
    const request: CodeRequest = { code, language, meta: metaJson, items: itemsJson, nodes: nodesJson };
    const wallMs = this.wallMs ?? (network ? NETWORK_WALL_MS : CODE_WALL_MS);
    const result = this.queue.then(() => this.call(request, network, Math.min(timeoutMs ?? wallMs, wallMs)));
    this.queue = result;
    return result.then((answer) => replyOf(answer, payload));
  }

  close(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private call(request: CodeRequest, network: boolean, limitMs: number): Promise<string> {
    const child = (this.child ??= start());
    return new Promise((resolve) => {
      const settle = (answer: string): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(answer);
      };
      const broken = (code: string, message: string): void => {
        this.close();
        settle(JSON.stringify({ error: { code, name: 'Error', message } }));
      };
      const timer = setTimeout(() => broken('code-timeout', `The code did not finish within ${limitMs} ms`), limitMs);
      child.on('message', (message: string | { wish: number; request: string }) => {
        if (typeof message === 'string') return settle(message);
        const { wish } = message;
        const answered = grantWish(message.request, this.send, network);
        void answered.then((answer) => child.connected && child.send({ wish, answer } satisfies WishAnswer));
      });
      child.once('error', (error) => broken('code-error', `The code's process failed: ${error.message}`));
      child.once('exit', () => broken('code-error', 'The code ended its own process, perhaps for want of memory'));
      child.send(request);
    });
  }
}

function start(): ChildProcess {
  const codeHost = here('../../../workers/code-host/');
  const readable = [here('./code-child.ts'), `${codeHost}*`, here('../../../package.json')];
  return fork(here('./code-child.ts'), [codeHost], {
    execArgv: [
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      `--max-old-space-size=${MAX_OLD_SPACE_MB}`,
      '--no-warnings',
    ],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** The same reply as the server's executor gives. */
function replyOf(outputJson: string, { continueOnFail, round, names }: CodePayload): EffectReply {
  const error = continueOnFail ? undefined : failureOf(outputJson);
  return error ? { ok: false, error } : { ok: true, value: { outputJson, round, names } };
}
