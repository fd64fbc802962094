// The launcher: keeps the product's own bundle running on workerd, all state under DATA_DIR.
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { startCodeHost } from './code-host.ts';
import { control } from './control.ts';
import { lockDataDir } from './data-lock.ts';
import { deploymentVars } from './deployment.ts';
import { readable } from './log-line.ts';
import { startLoopback } from './loopback.ts';
import { readMigrations } from './migrations.ts';
import { ensurePlan } from './plan-file.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';
import type { QuickStart } from './quick-start.ts';
import { RuntimeProcesses } from './runtime-processes.ts';
import { deploymentKeys } from './secrets.ts';
import { startOwnSatellites } from './satellites.ts';
import { readSettings } from './settings.ts';
import { socketPaths } from './socket-paths.ts';
import { moveEarlierState } from './state-layout.ts';
import { readBuild } from './worker-options.ts';
import { startWorkerd } from './workerd.ts';

const MAX_RESTART_DELAY_MS = 10_000;
/** A product that ran this long was well: the next failure starts from the shortest delay. */
const HEALTHY_AFTER_MS = 60_000;

export interface LaunchOptions {
  root: string;
  env: Record<string, string | undefined>;
  /** Called on every start; after a restart with the same values. */
  onReady(ready: QuickStart): void;
}

const log = (line: string): void => void process.stderr.write(`millrace: ${line}\n`);
const delay = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Runs until a signal ends it. @throws Error when it cannot start: settings, lock, port, build. */
export async function launch({ root, env, onReady }: LaunchOptions): Promise<void> {
  const settings = readSettings(root, env);
  // State, sockets and the configuration (it holds the deployment's secret) are this user's alone.
  process.umask(0o077);
  const lock = lockDataDir(settings.dataDir);
  const runDir = resolve(settings.dataDir, 'run');
  const processes = new RuntimeProcesses(runDir);
  const orphans = await processes.reap();
  if (orphans.length > 0) {
    log(`stopped workerd left by an earlier launcher (pid ${orphans.join(', ')})`);
  }

  const { config } = readBuild(root, settings.worker);
  const keys = deploymentKeys(settings.dataDir);
  const codeHost = await startCodeHost({ dataDir: settings.dataDir, processes, onLog: log });
  const sockets = socketPaths(runDir);
  const databases = config.d1_databases ?? [];
  const databaseSockets = Object.fromEntries(databases.map(({ binding }) => [binding, sockets.database(binding)]));
  const deployment = deploymentVars(settings, keys);
  const own = await startOwnSatellites({
    root,
    dataDir: settings.dataDir,
    deployment: {
      vars: deployment,
      egressAllow: settings.egressAllow,
      trustedCertificates: settings.trustedCertificates,
      databases: Object.fromEntries(databases.map(({ binding, database_id: id }) => [id, sockets.database(binding)])),
    },
    processes,
    onLog: log,
  });
  const stateDir = resolve(settings.dataDir, 'state');
  moveEarlierState(stateDir);
  const configFile = ensurePlan({
    root,
    worker: settings.worker,
    runDir,
    stateDir,
    loopbackSocket: sockets.loopback,
    egressAllow: settings.egressAllow,
    trustedCertificates: settings.trustedCertificates,
    codeHostSocket: codeHost.socket,
    satelliteSockets: own.sockets,
    deployment,
  });
  const loopback = await startLoopback(sockets.loopback, (text) => log(`simulator: ${text}`));

  let port = settings.port;
  let product: Product | undefined;
  const start = async (): Promise<Product> => {
    [sockets.control, ...Object.values(databaseSockets)].forEach((path) => rmSync(path, { force: true }));
    const workerd = await startWorkerd({
      configFile,
      host: settings.host,
      port,
      controlSocket: sockets.control,
      databaseSockets,
      processes,
      onLog: (line) => process.stderr.write(`${readable(line)}\n`),
    });
    // A restart must come back at the same address.
    port = Number(workerd.url.port);
    try {
      return await startProduct({
        workerd,
        control: control(sockets.control),
        databases: databases.map(({ binding }) => binding),
        migrations: readMigrations(resolve(root, 'migrations')),
        crons: config.triggers?.crons ?? [],
        cronEveryMs: settings.cronEveryMs,
        deploymentKey: keys.newest,
        dataDir: settings.dataDir,
        log,
      });
    } catch (error) {
      await workerd.stop();
      throw error;
    }
  };

  let stopping = false;
  const stopped = new Promise<void>((done) => {
    const stop = (): void => {
      stopping = true;
      done();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, stop);
    }
    process.on('disconnect', stop);
  });

  try {
    product = await Promise.race([start(), stopped.then(() => undefined)]);
    for (let failures = 0; product && !stopping;) {
      onReady(product.quickStart);
      const startedAtMs = performance.now();
      const reason = await Promise.race([product.ended, stopped]);
      if (stopping) {
        break;
      }
      failures = performance.now() - startedAtMs > HEALTHY_AFTER_MS ? 0 : failures + 1;
      log(`workerd ended (${reason}); starting it again`);
      product = undefined;
      while (!product && !stopping) {
        // The first restart is at once; one that fails again and again must not become a busy loop.
        await delay(failures <= 1 ? 0 : Math.min(MAX_RESTART_DELAY_MS, 100 * 2 ** failures));
        product = await start().catch((error: unknown) => {
          failures++;
          log(error instanceof Error ? error.message : String(error));
          return undefined;
        });
      }
    }
  } finally {
    await Promise.allSettled([product?.stop(), codeHost.stop(), own.stop()]);
    processes.killAll();
    loopback.stop();
    lock.release();
  }
}
