// Runs the code host: user code in a workerd of its own, where it may spin without wedging the product.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeHostConfig } from './code-host-config.ts';
import type { OnDemand } from './on-demand.ts';
import { startOnDemand } from './on-demand.ts';
import { RuntimeProcesses } from './runtime-processes.ts';

export { residentBytes } from './own-process-probe.ts';

/** A probe unanswered this long means that a script holds the only thread. */
const CODE_LIMIT_MS = 5_000;
/** Isolates are not given back by workerd; above this the idle host is replaced. */
export const MAX_IDLE_RSS_BYTES = 512 * 1024 * 1024;
/** Above this it is killed although busy: one script is eating the machine. */
export const MAX_BUSY_RSS_BYTES = 1536 * 1024 * 1024;
/** Without a call for so long the host is stopped. */
const IDLE_LIMIT_MS = 600_000;

export interface CodeHostOptions {
  dataDir: string;
  onLog: (line: string) => void;
  /** Default: kept in the host's own folder. */
  processes?: RuntimeProcesses;
  codeLimitMs?: number;
  maxIdleRssBytes?: number;
  maxBusyRssBytes?: number;
  idleMs?: number;
}

export type CodeHost = OnDemand;

/** Takes calls from now on, and keeps a host answering them until `stop`. @throws Error when it cannot listen. */
export async function startCodeHost(options: CodeHostOptions): Promise<CodeHost> {
  const dir = resolve(options.dataDir, 'code-host');
  mkdirSync(dir, { recursive: true });
  const processes = options.processes ?? new RuntimeProcesses(dir);
  if (!options.processes) await processes.reap();
  return startOnDemand({
    name: 'code-host',
    dir,
    config: (socket) => codeHostConfig(dir, socket),
    limits: {
      hangMs: options.codeLimitMs ?? CODE_LIMIT_MS,
      maxIdleRssBytes: options.maxIdleRssBytes ?? MAX_IDLE_RSS_BYTES,
      maxBusyRssBytes: options.maxBusyRssBytes ?? MAX_BUSY_RSS_BYTES,
      idleMs: options.idleMs ?? IDLE_LIMIT_MS,
    },
    processes,
    onLog: options.onLog,
  });
}
