import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** Earlier versions kept the objects behind D1 and R2 in folders of their own; now they lie beside all others. */
const EARLIER = ['d1/miniflare-D1DatabaseObject', 'r2/miniflare-R2BucketObject'];

/** Moves what an earlier version left. With the lock held, before workerd runs. */
export function moveEarlierState(stateDir: string): void {
  for (const path of EARLIER) {
    const from = join(stateDir, path);
    const to = join(stateDir, 'do', path.slice(path.indexOf('/') + 1));
    if (!existsSync(from) || existsSync(to)) continue;
    mkdirSync(join(stateDir, 'do'), { recursive: true });
    renameSync(from, to);
  }
}
