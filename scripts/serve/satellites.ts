// The satellites of a deployment with a process of their own, each behind a unix socket that starts it.
import { join } from 'node:path';
import { satellites } from '../satellites/list.ts';
import type { OnDemand } from './on-demand.ts';
import { startOnDemand } from './on-demand.ts';
import type { RuntimeProcesses } from './runtime-processes.ts';
import type { Deployment } from './satellite-config.ts';
import { satelliteConfig } from './satellite-config.ts';
import { readBuild } from './worker-options.ts';

/** Without a call for so long a satellite is stopped. */
const IDLE_MS = 300_000;
/** Work may hold its thread longer than the product's may: only others of its kind wait. */
const HANG_MS = 30_000;
const MAX_IDLE_RSS_BYTES = 384 * 1024 * 1024;
const MAX_BUSY_RSS_BYTES = 1536 * 1024 * 1024;

interface OwnSatellites {
  /** Unix socket of each, by name of its Worker. */
  sockets: Record<string, string>;
  stop(): Promise<void>;
}

/** @throws Error when a socket cannot be listened at, or one binds what it cannot have. */
export async function startOwnSatellites(options: {
  root: string;
  dataDir: string;
  /** Given to those whose hosting asks for it. */
  deployment: Deployment;
  processes: RuntimeProcesses;
  onLog(line: string): void;
}): Promise<OwnSatellites> {
  const { root, dataDir, deployment, processes, onLog } = options;
  const started: [name: string, OnDemand][] = [];
  for (const { name, folder, built, hosting } of satellites(root)) {
    if (hosting.process !== 'own') continue;
    const worker = readBuild(root, built);
    const dir = join(dataDir, 'satellites', folder);
    const running = await startOnDemand({
      name: folder,
      dir,
      config: (socket) => satelliteConfig(worker, dir, socket, hosting.deployment ? deployment : undefined),
      limits: {
        hangMs: hosting.hangMs ?? HANG_MS,
        idleMs: hosting.idleMs ?? IDLE_MS,
        maxIdleRssBytes: MAX_IDLE_RSS_BYTES,
        maxBusyRssBytes: MAX_BUSY_RSS_BYTES,
      },
      processes,
      onLog,
    });
    started.push([name, running]);
  }
  return {
    sockets: Object.fromEntries(started.map(([name, { socket }]) => [name, socket])),
    stop: async () => void (await Promise.allSettled(started.map(([, running]) => running.stop()))),
  };
}
