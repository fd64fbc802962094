import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import type { Client } from '../../sdk/client/index.ts';
import { createClient } from '../../sdk/client/index.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
/** A start on a slow machine may build first. */
const START_LIMIT_MS = 180_000;

export interface LaunchOptions {
  dataDir: string;
  port?: number;
  /** Script that prints the launcher's one JSON line; default the product's own. */
  script?: string;
  args?: string[];
  env?: Record<string, string>;
  /** Each line of the launcher's log. */
  onLog?(line: string): void;
}

export interface Launched {
  url: string;
  tenant: string;
  apiKey: string;
  hookUrl: string;
  client: Client;
  pid: number;
  /** Milliseconds from spawning to the line that says it is ready. */
  readyMs: number;
  /** The last lines it logged. */
  log(): string;
  /** SIGKILL to the whole process group: nothing gets to prepare. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the launcher in a process group of its own. @throws Error with its log when it does not become ready. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const script = options.script ?? resolve(ROOT, 'scripts/start.mjs');
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1', script, ...(options.args ?? ['--json'])],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        PORT: String(options.port ?? 0),
        DATA_DIR: options.dataDir,
        NO_COLOR: '1',
        ...options.env,
      },
    },
  );
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > 40) lines.shift();
    options.onLog?.(line);
  });
  const log = (): string => lines.join('\n');
  const signal = (name: 'SIGKILL' | 'SIGTERM'): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // Gone already.
    }
  };
  const kill = async (): Promise<void> => {
    signal('SIGKILL');
    await exited;
  };
  const stop = async (): Promise<void> => {
    signal('SIGTERM');
    const patience = setTimeout(() => signal('SIGKILL'), 5_000);
    await exited;
    clearTimeout(patience);
  };
  const ready = new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).once('line', done);
    void exited.then(() => fail(new Error(`The launcher ended before it was ready:\n${log()}`)));
    setTimeout(
      () => fail(new Error(`The launcher was not ready in ${START_LIMIT_MS / 1000} s:\n${log()}`)),
      START_LIMIT_MS,
    ).unref();
  });
  let line: string;
  try {
    line = await ready;
  } catch (error) {
    await kill();
    throw error;
  }
  const readyMs = performance.now() - startedAt;
  const { url, tenant, apiKey, hookUrl } = JSON.parse(line) as Pick<Launched, 'url' | 'tenant' | 'apiKey' | 'hookUrl'>;
  const client = createClient({ url, apiKey, fetch: (address, init) => fetch(address, init) });
  return { url, tenant, apiKey, hookUrl, client, pid: child.pid ?? 0, readyMs, log, kill, stop };
}
