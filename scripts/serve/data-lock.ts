import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Holds DATA_DIR for this process. The lock is the kernel's (SQLite's file lock), so it ends with the process
 * however that dies and nothing stale is left to guess about.
 * @throws Error when another launcher holds it.
 */
export function lockDataDir(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(dataDir, 'launcher.lock'));
  try {
    lock.exec('PRAGMA busy_timeout = 1500; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new Error(`Another launcher already uses ${dataDir}. Stop it, or choose another DATA_DIR.`, { cause: error });
  }
  return { release: () => lock.close() };
}
