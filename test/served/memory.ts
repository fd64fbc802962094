import { existsSync, readFileSync } from 'node:fs';
import { processesNaming } from '../harness/processes.ts';
import type { Server } from './server.ts';

export const canReadMemory = existsSync('/proc/self/status');

/** Resident MB of each workerd of this server: the product itself and the code host. Linux only. */
function residentMb(server: Server): number[] {
  return processesNaming(server.dataDir)
    .filter(({ command }) => command.includes('workerd'))
    .map(({ pid }) => {
      try {
        return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
      } catch {
        return 0;
      }
    });
}

/** The largest sum of all processes seen while `work` goes on, in MB. */
export async function peakMbDuring<T>(server: Server, work: () => Promise<T>): Promise<{ result: T; peakMb: number }> {
  let peakMb = 0;
  const look = (): void => {
    peakMb = Math.max(
      peakMb,
      residentMb(server).reduce((sum, mb) => sum + mb, 0),
    );
  };
  const timer = setInterval(look, 100);
  try {
    const result = await work();
    look();
    return { result, peakMb };
  } finally {
    clearInterval(timer);
  }
}
