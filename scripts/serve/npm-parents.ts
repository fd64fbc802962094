import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;
/** npm, its shell, and start.mjs where it stays. */
const MOST_PARENTS = 4;

interface Parent {
  pid: number;
  of: number;
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // A command may have spaces and brackets in its name: what follows the last bracket has neither.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function isNpm(pid: number): boolean {
  try {
    return /(^|[\s/\0])npm(-cli\.js)?(\0|\s|$)/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

/** From this process up to npm; without /proc only the next one, and none when npm started nothing here. */
function parents(): Parent[] {
  const found: Parent[] = [];
  for (let of = process.pid; found.length < MOST_PARENTS;) {
    const pid = of === process.pid ? process.ppid : parentOf(of);
    if (pid <= 1 && !isNpm(pid)) {
      break;
    }
    found.push({ pid, of });
    if (isNpm(pid)) {
      return found;
    }
    of = pid;
  }
  return process.platform === 'linux' ? [] : found.slice(0, 1);
}

/**
 * Calls `end` once when the npm that started this process has gone. npm tells its shell to end, and the shell ends
 * without telling anybody: whoever stops `npm start` by its process id would leave the product running.
 */
export function watchNpm(end: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'start') {
    return;
  }
  const known = parents();
  const timer = setInterval(() => {
    if (known.some(({ pid, of }) => (of === process.pid ? process.ppid : parentOf(of)) !== pid)) {
      clearInterval(timer);
      end();
    }
  }, LOOK_EVERY_MS);
  timer.unref();
}
