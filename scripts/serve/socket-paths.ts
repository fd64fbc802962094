import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The kernel takes 108 bytes at most (104 on macOS). */
const MAX_SOCKET_PATH_BYTES = 100;

interface SocketPaths {
  control: string;
  loopback: string;
  /** D1, for satellites with a process of their own. */
  database(binding: string): string;
}

/** Unix sockets of one deployment: beside its data, or under the temporary folder when that path is too long. */
export function socketPaths(runDir: string): SocketPaths {
  let directory = runDir;
  if (Buffer.byteLength(join(directory, 'loopback.sock')) > MAX_SOCKET_PATH_BYTES) {
    directory = join(tmpdir(), `millrace-${createHash('sha256').update(runDir).digest('hex').slice(0, 16)}`);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
  }
  const path = (name: string): string => join(directory, `${name}.sock`);
  return {
    control: path('control'),
    loopback: path('loopback'),
    database: (binding) => path(`d1-${createHash('sha256').update(binding).digest('hex').slice(0, 4)}`),
  };
}
