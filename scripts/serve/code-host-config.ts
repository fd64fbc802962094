import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Modules of the code host's Worker, the main one first. */
export const SOURCE_DIR = new URL('../../workers/code-host/', import.meta.url);
export const SOURCES = [
  'host.ts',
  'gate.ts',
  'wishes.ts',
  'isolate.ts',
  'javascript.ts',
  'libraries.ts',
  'nodejs.ts',
  'protocol.ts',
  'python.ts',
  'prelude/names.ts',
  'texts.generated.ts',
  'python/runtime.generated.ts',
  ...readdirSync(new URL('libraries/', SOURCE_DIR))
    .sort()
    .map((name) => `libraries/${name}`),
];
const WRITER = join(import.meta.dirname, 'code-host-modules.ts');

function fingerprint(socket: string): string {
  const hash = createHash('sha256').update(socket).update(process.version);
  for (const path of [...SOURCES.map((name) => new URL(name, SOURCE_DIR)), WRITER]) {
    hash.update('\0').update(readFileSync(path));
  }
  return hash.digest('hex');
}

/**
 * Path of the code host's configuration in `dir`, written anew when its sources changed: in a process of its own,
 * since stripping types takes 30 MB that Node never gives back. @throws Error when that fails.
 */
export async function codeHostConfig(dir: string, socket: string): Promise<string> {
  const config = join(dir, 'config.capnp');
  const stamp = join(dir, 'config.sha256');
  const wanted = fingerprint(socket);
  if (existsSync(config) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return config;
  }
  const writer = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER, dir, socket], {
    stdio: ['ignore', 2, 2],
  });
  const code = await new Promise((done) => {
    writer.on('exit', done);
    writer.on('error', done);
  });
  if (code !== 0) {
    throw new Error(`Could not write the code host's configuration (${String(code)}); see above.`);
  }
  writeFileSync(stamp, wanted);
  return config;
}
