// One life of a Worker in a process of its own: started, watched, killed.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { probe, residentBytes } from './own-process-probe.ts';
import type { RuntimeProcesses } from './runtime-processes.ts';

const PROBE_EVERY_MS = 500;
const START_LIMIT_MS = 10_000;

/** Why it ended: its thread was held, it grew too large, it was not used, or by itself. */
export type Ending = 'hung' | 'memory' | 'idle' | 'died';

export interface Limits {
  /** A probe unanswered this long means that something holds the only thread. */
  hangMs: number;
  maxIdleRssBytes: number;
  maxBusyRssBytes: number;
  /** Without a call for so long it is given back. */
  idleMs: number;
}

interface OwnProcessOptions {
  /** In messages. */
  name: string;
  config: string;
  socket: string;
  processes: RuntimeProcesses;
  limits: Limits;
  onLog(line: string): void;
  /** Nobody has called for `idleMs`: keep new callers away. Called again with false when one came all the same. */
  onIdle(idle: boolean): void;
}

export interface OwnProcess {
  pid: number;
  ended: Promise<{ reason: Ending; how: string }>;
  kill(): void;
}

/** Starts workerd and settles when it answers. @throws Error when it does not within 10 s. */
export async function startOwnProcess(options: OwnProcessOptions): Promise<OwnProcess> {
  const { socket, limits } = options;
  rmSync(socket, { force: true });
  const child = spawn(options.processes.wrapper(), ['serve', '--experimental', options.config], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TZ: 'UTC', ...options.processes.environment() },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => options.onLog(text.trimEnd()));
  }
  let reason: Ending = 'died';
  let over = false;
  const ended = new Promise<{ reason: Ending; how: string }>((done) => {
    const end = (how: string): void => {
      over = true;
      done({ reason, how });
    };
    child.once('exit', (code, signal) => end(String(signal ?? code)));
    child.once('error', (error) => end(error.message));
  });
  const pid = child.pid ?? 0;
  const kill = (why: Ending): void => {
    reason = why;
    child.kill('SIGKILL');
  };

  const deadline = performance.now() + START_LIMIT_MS;
  while (!(await probe(socket, 1_000))) {
    if (over || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${options.name} did not start; its log says why`);
    }
    await delay(10);
  }

  let lastAnswerMs = performance.now();
  let lastCallMs = lastAnswerMs;
  let calls = 0;
  let closing = false;
  const look = async (): Promise<void> => {
    const answer = await probe(socket, Math.min(PROBE_EVERY_MS * 4, limits.hangMs));
    if (over) return;
    const now = performance.now();
    if (answer) lastAnswerMs = now;
    else if (now - lastAnswerMs >= limits.hangMs) return kill('hung');
    const bytes = residentBytes(pid);
    if (bytes > limits.maxBusyRssBytes) return kill('memory');
    if (!answer) return;
    if (answer.inFlight === 0 && bytes > limits.maxIdleRssBytes) return kill('memory');
    if (answer.inFlight > 0 || answer.calls !== calls) {
      calls = answer.calls;
      lastCallMs = now;
    }
    // Two looks: a caller that was just connecting when the door closed is seen by the second.
    const idle = now - lastCallMs >= limits.idleMs;
    if (idle && closing) return kill('idle');
    if (idle !== closing) options.onIdle((closing = idle));
  };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look().finally(() => (looking = false));
  }, PROBE_EVERY_MS);
  void ended.then(() => clearInterval(timer));
  return { pid, ended, kill: () => child.kill('SIGKILL') };
}
