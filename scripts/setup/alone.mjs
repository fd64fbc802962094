// Runs on Node 20 with nothing installed: only built-in modules here.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const LOOK_EVERY_MS = 100;
const LONGEST_MS = 600_000;

/** Does `work` while no other process does it under the same lock; waits for one that does. Both are synchronous. */
export function alone(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  while (!take(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY_MS);
  // a failed build ends the process: it gives the lock back all the same
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** Whose process is gone has no lock any more, nor who has had it for longer than anything here takes. */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = holderOf(lock);
  if (holder && !holder.lives && holderOf(lock)?.pid === holder.pid) rmSync(lock, { force: true });
  return false;
}

/** Undefined: given back meanwhile, or just being taken. */
function holderOf(lock) {
  try {
    const ageMs = Date.now() - statSync(lock).mtimeMs;
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid === 0) return ageMs > LONGEST_MS ? { pid, lives: false } : undefined;
    return { pid, lives: ageMs < LONGEST_MS && isRunning(pid) };
  } catch {
    return undefined;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
