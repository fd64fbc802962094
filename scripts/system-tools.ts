import { spawnSync } from 'node:child_process';
import type { SpawnSyncOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of a program, or undefined. */
export function findTool(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .concat('/usr/bin', '/usr/local/bin', '/usr/sbin')
    .map((directory) => join(directory, name))
    .find((path) => existsSync(path));
}

/** Finds a program or, where we are root on Debian, installs its package. Undefined when it cannot be had. */
export function ensureTool(name: string, packageName = name): string | undefined {
  const found = process.env[name.toUpperCase()] ?? findTool(name);
  if (found || process.getuid?.() !== 0 || !findTool('apt-get')) {
    return found;
  }
  process.stderr.write(`installing ${packageName} (apt-get)…\n`);
  const options: SpawnSyncOptions = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-qy', '--no-install-recommends', packageName], options);
  return findTool(name);
}
