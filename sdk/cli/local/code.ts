import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EffectReply } from '../../../core/node/kit.ts';
import type { CodeAnswerError, CodePayload } from '../../../core/nodes/code/payload.ts';

/** As on a server. */
export const CODE_WALL_MS = 10_000;
const MAX_OLD_SPACE_MB = 512;

/** What goes to the child, and what comes back. */
export interface CodeRequest {
  code: string;
  meta: string;
  items: string;
  nodes: string;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Runs authors' JavaScript in a child process that may read no file but the prelude's, start nothing, and sees an empty
 * environment (Node's permission model). It is killed when it does not answer in time. It does reach the network, as
 * the workflow's HTTP nodes do; a server's isolates do not.
 */
export class CodeRunner {
  private readonly wallMs: number;
  private child: ChildProcess | undefined;
  /** Calls go one after the other: they share a process. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(wallMs = CODE_WALL_MS) {
    this.wallMs = wallMs;
  }

  perform(payload: CodePayload, timeoutMs: number | undefined): Promise<EffectReply> {
    const { code, metaJson, itemsJson, nodesJson } = payload;
    const request: CodeRequest = { code, meta: metaJson, items: itemsJson, nodes: nodesJson };
    const result = this.queue.then(() => this.call(request, Math.min(timeoutMs ?? this.wallMs, this.wallMs)));
    this.queue = result;
    return result.then((answer) => replyOf(answer, payload));
  }

  close(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private call(request: CodeRequest, limitMs: number): Promise<string> {
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
      child.once('message', (answer) => settle(String(answer)));
      child.once('error', (error) => broken('code-error', `The code's process failed: ${error.message}`));
      child.once('exit', () => broken('code-error', 'The code ended its own process, perhaps for want of memory'));
      child.send(request);
    });
  }
}

function start(): ChildProcess {
  const prelude = here('../../../workers/code-host/prelude/');
  const luxon = dirname(dirname(createRequire(import.meta.url).resolve('luxon')));
  const readable = [
    here('./code-child.ts'),
    prelude,
    luxon,
    here('../../../package.json'),
    here('../../../node_modules/luxon'),
  ];
  return fork(here('./code-child.ts'), [here('../../../workers/code-host/prelude/')], {
    execArgv: [
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path.replace(/\/$/, '/*')}`),
      ...[luxon, here('../../../node_modules/luxon')].map((path) => `--allow-fs-read=${path}/*`),
      `--max-old-space-size=${MAX_OLD_SPACE_MB}`,
      '--no-warnings',
    ],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** The same reply as the server's executor gives. */
function replyOf(outputJson: string, { continueOnFail, round, names }: CodePayload): EffectReply {
  const { error } = JSON.parse(outputJson) as { error?: CodeAnswerError };
  if (!error || continueOnFail) return { ok: true, value: { outputJson, round, names } };
  const where = [
    ...(error.line === undefined ? [] : [`line ${error.line}`]),
    ...(error.itemIndex === undefined ? [] : [`for item ${error.itemIndex}`]),
  ];
  const text = error.name === 'SyntaxError' ? `SyntaxError: ${error.message}` : error.message;
  const message = where.length === 0 ? text : `${text} [${where.join(', ')}]`;
  return { ok: false, error: { code: error.code ?? 'code-error', message, retryable: error.name !== 'SyntaxError' } };
}
