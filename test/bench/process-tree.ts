import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

/** Kernel clock ticks a second: 100 on every Linux we meet. */
const TICKS = 100;

/** Fields of /proc/<pid>/stat after the command's name, which may hold anything. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** `root` and everything it started. */
function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = statOf(Number(name))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const tree = new Set([root]);
  for (let grew = true; grew;) {
    grew = false;
    for (const [pid, parent] of parents) {
      if (tree.has(parent) && !tree.has(pid)) {
        tree.add(pid);
        grew = true;
      }
    }
  }
  return [...tree];
}

/** User and system time of the tree so far, in milliseconds. */
export function cpuMsOf(root: number): number {
  let ticks = 0;
  for (const pid of treeOf(root)) {
    const stat = statOf(pid);
    if (stat) ticks += Number(stat[11]) + Number(stat[12]);
  }
  return (ticks * 1000) / TICKS;
}

function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(text)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Resident memory of the tree in MB; shared pages count once a process, as in the peers' numbers. */
export const residentMbOf = (root: number): number =>
  treeOf(root).reduce((sum, pid) => sum + memoryOf(pid, 'VmRSS'), 0);

/** The process of the tree that holds most memory: the workerd that runs the product. */
export function largestOf(root: number): number {
  let largest = root;
  for (const pid of treeOf(root)) if (memoryOf(pid, 'VmRSS') > memoryOf(largest, 'VmRSS')) largest = pid;
  return largest;
}

/** Forgets the process's peak. Returns how far the peak has risen above today's memory when called, in MB. */
export function watchPeak(pid: number): () => number {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = memoryOf(pid, 'VmRSS');
  return () => memoryOf(pid, 'VmHWM') - before;
}
