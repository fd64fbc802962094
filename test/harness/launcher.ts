import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');

export interface Ready {
  url: string;
  tenant: string;
  apiKey: string;
  hookUrl: string;
}

export const temporaryDataDir = (): string => mkdtempSync(join(tmpdir(), 'millrace-'));
export const removeDataDir = (dataDir: string): void => rmSync(dataDir, { recursive: true, force: true });

/** A launcher under test: what `npm start` runs, or npm itself, on a free port, with its own data. */
export class Launcher {
  readonly child: ChildProcess;
  readonly stdout: string[] = [];
  stderr = '';
  readonly exited: Promise<number | null>;
  #ready: Promise<Ready>;

  constructor(options: { dataDir: string; env?: Record<string, string>; node?: string; npm?: boolean }) {
    const [command, args] = options.npm
      ? ['npm', ['--silent', 'start', '--']]
      : [options.node ?? process.execPath, [join(root, 'scripts/start.mjs')]];
    this.child = spawn(command, [...args, '--json'], {
      cwd: root,
      env: { ...process.env, PORT: '0', DATA_DIR: options.dataDir, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exited = new Promise((done) => this.child.once('exit', (code) => done(code)));
    this.#ready = new Promise((done, fail) => {
      if (this.child.stdout) {
        createInterface({ input: this.child.stdout }).on('line', (line) => {
          this.stdout.push(line);
          done(JSON.parse(line) as Ready);
        });
      }
      void this.exited.then((code) => fail(new Error(`the launcher ended with ${code}: ${this.stderr}`)));
    });
    // A launcher that is meant to fail has nobody waiting for it.
    this.#ready.catch(() => undefined);
  }

  ready(): Promise<Ready> {
    return this.#ready;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}
