// Runs the code host: a second workerd where user code may spin without wedging the product. It takes 50 MB and more,
// so it is up only while code runs: calls meet a lobby (lobby.ts) that starts it, and later ones go straight to it.
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeHostConfig } from './code-host-config.ts';
import type { CodeHostProcess, Ending } from './code-host-process.ts';
import { startHostProcess } from './code-host-process.ts';
import { startLobby } from './lobby.ts';
import { RuntimeProcesses } from './runtime-processes.ts';

export { residentBytes } from './code-host-probe.ts';

/** A probe unanswered this long means that a script holds the only thread. */
export const CODE_LIMIT_MS = 5_000;
/** Isolates are not given back by workerd; above this the idle host is replaced. */
export const MAX_IDLE_RSS_BYTES = 512 * 1024 * 1024;
/** Above this it is killed although busy: one script is eating the machine. */
export const MAX_BUSY_RSS_BYTES = 1536 * 1024 * 1024;
/** Without a call for so long the host is stopped. */
export const IDLE_LIMIT_MS = 600_000;
/** A host that cannot start must not become a busy loop. */
const RESTART_DELAY_MS = 250;
const CONFIG_AFTER_MS = 2_000;
/** Sockets have short names by law of the kernel (108 bytes). */
const MAX_SOCKET_PATH = 90;

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

export interface CodeHost {
  /** Path of the unix socket; it stays the same over restarts. */
  socket: string;
  /** 0 while nobody needs it. */
  pid(): number;
  /** Times the host was replaced, and why; `idle`: given back. */
  restarts(): Record<Ending, number>;
  stop(): Promise<void>;
}

function socketsIn(dir: string): Record<'public' | 'lobby' | 'host', string> {
  const digest = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  const near = join(dir, 'code');
  const base = Buffer.byteLength(near) <= MAX_SOCKET_PATH ? near : join(tmpdir(), `code-${digest}`);
  return { public: `${base}.sock`, lobby: `${base}-lobby.sock`, host: `${base}-host.sock` };
}

/** Takes calls from now on, and keeps a host answering them until `stop`. @throws Error when it cannot listen. */
export async function startCodeHost(options: CodeHostOptions): Promise<CodeHost> {
  const dir = resolve(options.dataDir, 'code-host');
  mkdirSync(dir, { recursive: true });
  const sockets = socketsIn(dir);
  const processes = options.processes ?? new RuntimeProcesses(dir);
  if (!options.processes) await processes.reap();
  let written: Promise<string> | undefined;
  const config = (): Promise<string> => (written ??= codeHostConfig(dir, sockets.host));
  // Not with the first call only: the sources should be those that the product was built from. Not at once: a start
  // has better things to do.
  const early = setTimeout(() => void config().catch(() => (written = undefined)), CONFIG_AFTER_MS);

  const restarts: Record<Ending, number> = { hung: 0, memory: 0, idle: 0, died: 0 };
  let host: CodeHostProcess | undefined;
  let opening: Promise<void> | undefined;
  let failedAtMs = -Infinity;
  let stopping = false;

  /** Callers that connect from now on meet the lobby or the host. A link is replaced at once: nobody finds nothing. */
  const lead = (to: string): void => {
    const draft = `${sockets.public}.tmp`;
    rmSync(draft, { force: true });
    symlinkSync(basename(to), draft);
    renameSync(draft, sockets.public);
  };

  const open = async (): Promise<void> => {
    await delay(Math.max(0, failedAtMs + RESTART_DELAY_MS - performance.now()));
    if (stopping) throw new Error('The launcher stops');
    try {
      const started = await startHostProcess({
        config: await config(),
        socket: sockets.host,
        processes,
        limits: {
          codeLimitMs: options.codeLimitMs ?? CODE_LIMIT_MS,
          maxIdleRssBytes: options.maxIdleRssBytes ?? MAX_IDLE_RSS_BYTES,
          maxBusyRssBytes: options.maxBusyRssBytes ?? MAX_BUSY_RSS_BYTES,
          idleMs: options.idleMs ?? IDLE_LIMIT_MS,
        },
        onLog: options.onLog,
        onIdle: (idle) => lead(idle ? sockets.lobby : sockets.host),
      });
      host = started;
      void started.ended.then(({ reason, how }) => closed(reason, how));
      if (stopping) started.kill();
      else lead(sockets.host);
    } catch (error) {
      failedAtMs = performance.now();
      opening = undefined;
      written = undefined;
      options.onLog(`code host: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  };

  const closed = (reason: Ending, how: string): void => {
    host = undefined;
    opening = undefined;
    if (stopping) return;
    if (reason === 'died') failedAtMs = performance.now();
    restarts[reason]++;
    if (reason !== 'idle') options.onLog(`code host ended (${reason}, ${how}); the next call starts another`);
    lead(sockets.lobby);
  };

  const lobby = await startLobby({ path: sockets.lobby, host: sockets.host, open: () => (opening ??= open()) });
  lead(sockets.lobby);

  return {
    socket: sockets.public,
    pid: () => host?.pid ?? 0,
    restarts: () => ({ ...restarts }),
    async stop() {
      stopping = true;
      clearTimeout(early);
      lobby.stop();
      await opening?.catch(() => undefined);
      // A spinning host ignores SIGTERM, and it holds no state.
      host?.kill();
      await host?.ended;
      Object.values(sockets).forEach((path) => rmSync(path, { force: true }));
    },
  };
}
