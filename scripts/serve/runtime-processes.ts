// workerd outlives a launcher that is killed with SIGKILL. So workerd is started through workerd.sh, which writes its
// pid down before it becomes workerd (and, on Linux, asks the kernel to kill it with its parent).
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export class RuntimeProcesses {
  readonly #pidFile: string;
  constructor(runDir: string) {
    mkdirSync(runDir, { recursive: true, mode: 0o700 });
    this.#pidFile = join(runDir, 'workerd.pids');
  }

  /** The wrapper to start instead of workerd. */
  wrapper(): string {
    const path = join(import.meta.dirname, 'workerd.sh');
    // An archive without file modes loses the bit.
    chmodSync(path, 0o755);
    return path;
  }

  /** What the wrapper must find in its environment. */
  environment(): Record<string, string> {
    const { default: binary } = createRequire(import.meta.url)('workerd') as { default: string };
    return { MILLRACE_WORKERD: binary, MILLRACE_PIDS: this.#pidFile };
  }

  /** Kills what earlier launchers of this DATA_DIR left running. Call it with the lock held. */
  async reap(): Promise<number[]> {
    const killed = this.#recorded().filter((pid) => this.#isOurs(pid) && kill(pid));
    for (const pid of killed) {
      for (let wait = 0; isAlive(pid) && wait < 100; wait++) {
        await delay(20);
      }
    }
    writeFileSync(this.#pidFile, '', { mode: 0o600 });
    return killed;
  }

  killAll(): void {
    this.#recorded()
      .filter((pid) => this.#isOurs(pid))
      .forEach(kill);
  }

  #recorded(): number[] {
    if (!existsSync(this.#pidFile)) {
      return [];
    }
    return readFileSync(this.#pidFile, 'utf8')
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 1);
  }

  /** Pids are reused: only a process that carries our pid file's name in its environment is ours. */
  #isOurs(pid: number): boolean {
    const mark = `MILLRACE_PIDS=${this.#pidFile}`;
    if (existsSync('/proc/self/environ')) {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark);
      } catch {
        return false;
      }
    }
    return spawnSync('ps', ['-E', '-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout.includes(mark);
  }
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie still has a pid but holds nothing.
    return !existsSync('/proc/self/status') || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
