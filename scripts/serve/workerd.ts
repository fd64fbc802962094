import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { assertPortFree } from './free-port.ts';
import { SOCKETS } from './plan-file.ts';
import type { RuntimeProcesses } from './runtime-processes.ts';
import { reachable } from './settings.ts';

export interface Workerd {
  url: URL;
  exited: Promise<string>;
  /** Ends it at once: everything acknowledged is already on disk. */
  stop(): Promise<void>;
}

interface WorkerdOptions {
  configFile: string;
  host: string;
  port: number;
  controlSocket: string;
  /** Unix socket of each D1 database, by its binding. */
  databaseSockets: Record<string, string>;
  processes: RuntimeProcesses;
  onLog(line: string): void;
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Starts workerd and waits until the product's socket listens. @throws Error with workerd's own words. */
export async function startWorkerd(options: WorkerdOptions): Promise<Workerd> {
  await assertPortFree(options.host, options.port);
  const child = spawn(
    options.processes.wrapper(),
    [
      'serve',
      '--binary',
      '--experimental',
      `--socket-addr=${SOCKETS.control}=unix:${options.controlSocket}`,
      ...Object.entries(options.databaseSockets).map(
        ([binding, socket]) => `--socket-addr=${SOCKETS.database(binding)}=unix:${socket}`,
      ),
      `--socket-addr=${SOCKETS.main}=${bracketed(options.host)}:${options.port}`,
      '--control-fd=3',
      options.configFile,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, TZ: 'UTC', ...options.processes.environment() },
    },
  );
  const exited = new Promise<string>((done) => {
    child.once('exit', (code, signal) => done(signal ?? `exit ${code}`));
    child.once('error', (error) => done(error.message));
  });
  let lastWords = '';
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream as Readable }).on('line', (line) => {
      lastWords = line;
      options.onLog(line);
    });
  }
  const port = await Promise.race([listening(child.stdio[3] as Readable), exited]);
  if (typeof port === 'string') {
    throw new Error(`workerd did not start (${port}): ${lastWords}`);
  }
  return {
    url: new URL(`http://${reachable(options.host, port)}`),
    exited,
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Port of the product's socket, once workerd reports it on the control pipe. */
function listening(control: Readable): Promise<number> {
  return new Promise((done) => {
    createInterface({ input: control }).on('line', (line) => {
      const message = JSON.parse(line) as { event: string; socket?: string; port?: number };
      if (message.event === 'listen' && message.socket === SOCKETS.main && message.port) {
        done(message.port);
      }
    });
  });
}
