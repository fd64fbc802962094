import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const project = resolve(import.meta.dirname, '../..');
const CONFIGS = [
  '.oxlintrc.json',
  'scripts/lint',
  'tsconfig.base.json',
  'tsconfig.json',
  'core/tsconfig.json',
  'core/globals.d.ts',
  'durable-objects/tsconfig.json',
  'workers/tsconfig.contracts.json',
  'workers/tsconfig.json',
  'sdk/tsconfig.json',
  'web/tsconfig.json',
];

/** A small project under the real rules: our configuration, and the given files instead of the real ones. */
export class PlantedProject {
  readonly root = mkdtempSync(join(tmpdir(), 'boundaries-'));

  constructor(files: Record<string, string>) {
    for (const path of CONFIGS) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      cpSync(join(project, path), join(this.root, path), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(this.root, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  /** Rules oxlint reports, with their messages, per file. */
  lint(): Map<string, { rule: string; message: string }[]> {
    const { stdout, stderr } = this.#run('oxlint', ['-f', 'json', '.']);
    const found = new Map<string, { rule: string; message: string }[]>();
    if (!stdout.startsWith('{')) {
      throw new Error(`oxlint did not run: ${stdout}${stderr}`);
    }
    const report = JSON.parse(stdout) as {
      diagnostics: { filename: string; code: string; message: string; help?: string }[];
    };
    for (const { filename, code, message, help } of report.diagnostics) {
      found.set(filename, [...(found.get(filename) ?? []), { rule: code, message: `${message} ${help ?? ''}` }]);
    }
    return found;
  }

  /** Error codes of `tsc -b` per file. */
  typecheck(projects: string[]): Map<string, string[]> {
    const { stdout } = this.#run('tsc', ['-b', '--pretty', 'false', ...projects]);
    const found = new Map<string, string[]>();
    for (const [, file, code] of stdout.matchAll(/^(.+?)\(\d+,\d+\): error (TS\d+)/gm)) {
      found.set(file ?? '', [...(found.get(file ?? '') ?? []), code ?? '']);
    }
    return found;
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  #run(tool: string, args: string[]) {
    return spawnSync(join(project, 'node_modules/.bin', tool), args, { cwd: this.root, encoding: 'utf8' });
  }
}
