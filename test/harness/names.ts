import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file system view of its own, so that a launcher under test has its own names and the machine keeps its. */
const UNSHARE = ['unshare', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']), '--mount', '--'];

/** Whether a process here can be given names of its own: not where unshare(1) is refused. */
export const canHaveNames = (): boolean => spawnSync(UNSHARE[0] ?? '', [...UNSHARE.slice(1), 'true']).status === 0;

/**
 * Stands in for node: runs it where files of /etc, such as `hosts` and `resolv.conf`, hold these texts. What
 * `getent hosts` says of `probe` there is in `folder/resolved`.
 */
export function nodeWithNames(folder: string, files: Record<string, string>, probe: string): string {
  const mounts = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return `mount --bind '${path}' '/etc/${name}'`;
  });
  const inside = [
    ...mounts,
    `getent hosts ${probe} >'${join(folder, 'resolved')}'`,
    `exec '${process.execPath}' "$@"`,
  ].join(' && ');
  const path = join(folder, 'node');
  const script = `#!/bin/sh\nexec ${UNSHARE.join(' ')} sh -c '${inside.replaceAll("'", String.raw`'\''`)}' node "$@"\n`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}
