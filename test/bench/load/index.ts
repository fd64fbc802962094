import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import type { Sent } from './worker.ts';

export interface Load {
  pid: number;
  /** Sends `rate` requests a second for so long; settles when they were answered or given up. */
  phase(rate: number, seconds: number): Promise<Sent>;
  stop(): void;
}

/** A process that sends requests to one address, at a rate of its own whatever the answers do. `shape`: see worker.ts. */
export function newLoad(url: string, shape: 'few' | 'many'): Load {
  const { hostname, port, pathname } = new URL(url);
  const script = resolve(import.meta.dirname, 'worker.ts');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, hostname, port, pathname, shape],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    async phase(rate, seconds) {
      child.stdin.write(`${rate} ${seconds}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the load ended');
      return JSON.parse(value as string) as Sent;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
