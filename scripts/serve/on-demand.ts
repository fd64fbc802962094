// Runs a Worker in a workerd of its own, where what never yields or eats memory takes down nothing else. It takes 50 MB
// and more, so it is up only while it is called: calls meet a lobby (lobby.ts) that starts it, and later ones go
// straight to it.
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ending, Limits, OwnProcess } from './own-process.ts';
import { startOwnProcess } from './own-process.ts';
import { startLobby } from './lobby.ts';
import type { RuntimeProcesses } from './runtime-processes.ts';

/** A process that cannot start must not become a busy loop. */
const RESTART_DELAY_MS = 250;
const CONFIG_AFTER_MS = 2_000;
/** Sockets have short names by law of the kernel (108 bytes). */
const MAX_SOCKET_PATH = 90;

interface OnDemandOptions {
  /** In messages, and of its sockets. */
  name: string;
  /** Its sockets and its configuration live here. */
  dir: string;
  /** Writes workerd's configuration for a process that listens on `socket`; its path. */
  config(socket: string): Promise<string>;
  limits: Limits;
  processes: RuntimeProcesses;
  onLog(line: string): void;
}

export interface OnDemand {
  /** Path of the unix socket; it stays the same over restarts. */
  socket: string;
  /** 0 while nobody needs it. */
  pid(): number;
  /** Times the process was replaced, and why; `idle`: given back. */
  restarts(): Record<Ending, number>;
  stop(): Promise<void>;
}

function socketsIn(dir: string, name: string): Record<'public' | 'lobby' | 'host', string> {
  const digest = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  const near = join(dir, name);
  const base = Buffer.byteLength(near) <= MAX_SOCKET_PATH ? near : join(tmpdir(), `${name}-${digest}`);
  return { public: `${base}.sock`, lobby: `${base}-lobby.sock`, host: `${base}-host.sock` };
}

/** Takes calls from now on, and keeps a process answering them until `stop`. @throws Error when it cannot listen. */
export async function startOnDemand(options: OnDemandOptions): Promise<OnDemand> {
  const { name, dir, limits, processes } = options;
  mkdirSync(dir, { recursive: true });
  const sockets = socketsIn(dir, name);
  let written: Promise<string> | undefined;
  const config = (): Promise<string> => (written ??= options.config(sockets.host));
  // Not with the first call only: the sources should be those that the product was built from. Not at once: a start
  // has better things to do.
  const early = setTimeout(() => void config().catch(() => (written = undefined)), CONFIG_AFTER_MS);

  const restarts: Record<Ending, number> = { hung: 0, memory: 0, idle: 0, died: 0 };
  let running: OwnProcess | undefined;
  let opening: Promise<void> | undefined;
  let failedAtMs = -Infinity;
  let stopping = false;

  /** Callers that connect from now on meet the lobby or the process. A link is replaced at once: nobody finds nothing. */
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
      const started = await startOwnProcess({
        name,
        config: await config(),
        socket: sockets.host,
        processes,
        limits,
        onLog: options.onLog,
        onIdle: (idle) => lead(idle ? sockets.lobby : sockets.host),
      });
      running = started;
      void started.ended.then(({ reason, how }) => closed(reason, how));
      if (stopping) started.kill();
      else lead(sockets.host);
    } catch (error) {
      failedAtMs = performance.now();
      opening = undefined;
      written = undefined;
      options.onLog(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  };

  const closed = (reason: Ending, how: string): void => {
    running = undefined;
    opening = undefined;
    if (stopping) return;
    if (reason === 'died') failedAtMs = performance.now();
    restarts[reason]++;
    if (reason !== 'idle') options.onLog(`${name} ended (${reason}, ${how}); the next call starts another`);
    lead(sockets.lobby);
  };

  const lobby = await startLobby({ path: sockets.lobby, host: sockets.host, open: () => (opening ??= open()) });
  lead(sockets.lobby);

  return {
    socket: sockets.public,
    pid: () => running?.pid ?? 0,
    restarts: () => ({ ...restarts }),
    async stop() {
      stopping = true;
      clearTimeout(early);
      lobby.stop();
      await opening?.catch(() => undefined);
      // A spinning process ignores SIGTERM, and it holds no state.
      running?.kill();
      await running?.ended;
      Object.values(sockets).forEach((path) => rmSync(path, { force: true }));
    },
  };
}
