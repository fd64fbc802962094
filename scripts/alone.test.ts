import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, it } from 'vitest';

const run = promisify(execFile);
const module = resolve(import.meta.dirname, 'setup/alone.mjs');
const HALF_DAY_S = 43_200;

describe('work that one process does at a time', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-alone-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const lock = (): string => join(folder, 'lock');
  const notes = (): string => readFileSync(join(folder, 'notes'), 'utf8');
  /** Writes `<` and, a moment later, `>`, in a process of its own. */
  const work = (more = ''): Promise<unknown> =>
    run(process.execPath, [
      '--input-type=module',
      '-e',
      `import { appendFileSync } from 'node:fs';
       import { alone } from ${JSON.stringify(module)};
       alone(${JSON.stringify(lock())}, () => {
         appendFileSync(${JSON.stringify(join(folder, 'notes'))}, '<');
         Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
         ${more}
         appendFileSync(${JSON.stringify(join(folder, 'notes'))}, '>');
       });`,
    ]);

  it('is never done by two', async ({ expect }) => {
    await Promise.all([work(), work(), work()]);
    expect(notes()).toBe('<><><>');
  });

  it('goes on when the one before failed, was killed, or its number is another’s now', async ({ expect }) => {
    await work('process.exit(1);').catch(() => undefined);
    await work('process.kill(process.pid, "SIGKILL");').catch(() => undefined);
    await work();
    expect(notes()).toBe('<<<>');
    writeFileSync(lock(), String(process.pid));
    const longAgo = Date.now() / 1_000 - HALF_DAY_S;
    utimesSync(lock(), longAgo, longAgo);
    await work();
    expect(notes()).toBe('<<<><>');
  });
});
