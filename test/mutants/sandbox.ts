import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Mutant } from './mutants.ts';

/** Simulated seeds a mutant has to survive, besides the unit tests. */
const SEEDS = 300;
/** A mutant that runs longer than this goes round without end, which is being noticed. */
const TIMEOUT_MS = 90_000;

const CONFIG = `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { fsModuleCache: false, testTimeout: 10000, include: [
  'core/engine/**/*.test.ts', 'core/shard/**/*.test.ts', 'test/golden/**/*.test.ts',
  'test/simulation/killed-hosts.test.ts', 'test/regression/unit/{shard,rounds-after-loss,deadly-step-after-loop}.test.ts',
] } });
`;

/** A copy of the code in which one thing at a time is wrong. */
export class Sandbox {
  readonly folder: string;

  constructor(root: string) {
    this.folder = path.join(mkdtempSync(path.join(tmpdir(), 'mutants-')), 'main');
    mkdirSync(this.folder);
    // The tests of the engine, and all that one of them reaches: conformance runs on the command line's host.
    for (const name of ['core', 'sdk', 'workers', 'durable-objects', 'scripts', 'test', 'web']) {
      cpSync(path.join(root, name), path.join(this.folder, name), { recursive: true });
    }
    for (const name of ['package.json', 'tsconfig.base.json']) {
      cpSync(path.join(root, name), path.join(this.folder, name));
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'));
    const shared = path.join(root, '..', 'shared');
    if (existsSync(shared)) symlinkSync(shared, path.join(this.folder, '..', 'shared'));
    writeFileSync(path.join(this.folder, 'vitest.config.ts'), CONFIG);
  }

  /** Puts the fault in, runs the tests, takes it out. Returns what noticed it, or undefined. */
  async try(mutant: Mutant): Promise<'simulation' | 'unit' | undefined> {
    const file = path.join(this.folder, mutant.file);
    const original = readFileSync(file, 'utf8');
    writeFileSync(file, applied(original, mutant));
    try {
      if (!(await this.passesSimulation())) return 'simulation';
      return (await this.passesUnit()) ? undefined : 'unit';
    } finally {
      writeFileSync(file, original);
    }
  }

  passesSimulation(): Promise<boolean> {
    const script = `import { runBatch } from './test/simulation/batch.ts';
      process.exit(runBatch({ from: 0, to: ${SEEDS} }).failures.length === 0 ? 0 : 1);`;
    return this.passes(['--input-type=module-typescript', '-e', script]);
  }

  passesUnit(): Promise<boolean> {
    return this.passes(['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', '--reporter', 'dot']);
  }

  remove(): void {
    rmSync(path.dirname(this.folder), { recursive: true, force: true });
  }

  private passes(args: string[]): Promise<boolean> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, args, { cwd: this.folder, stdio: 'ignore' });
      const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
      child.on('exit', (code) => {
        clearTimeout(timer);
        resolve(code === 0);
      });
    });
  }
}

/** The file with the fault. Throws when the mutant does not fit the file (any more). */
export function applied(source: string, { file, find, replace, why }: Mutant): string {
  const parts = source.split(find);
  if (parts.length !== 2) {
    throw new Error(`The mutant "${why}" fits ${file} ${parts.length - 1} times; it has to fit once.`);
  }
  return parts.join(replace);
}
