import { Worker } from 'node:worker_threads';
import type { BatchResult } from './batch.ts';

/** Seeds handed out at a time: small enough for even ends, large enough that handing out costs nothing. */
const CHUNK = 250;

/** Simulates many seeds on several cores; `heard` gets every chunk's result. Stops handing out once it says so. */
export async function runOnAllCores(
  want: { from: number; to: number; workers: number },
  heard: (result: BatchResult) => 'go on' | 'stop',
): Promise<void> {
  let next = want.from;
  const work = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const give = (): void => {
        if (next >= want.to) {
          resolve();
          return;
        }
        const range = { from: next, to: Math.min(want.to, next + CHUNK) };
        next = range.to;
        worker.postMessage(range);
      };
      worker.on('message', (result: BatchResult) => {
        if (heard(result) === 'stop') next = want.to;
        give();
      });
      worker.on('error', reject);
      give();
    });
  const workers = Array.from({ length: want.workers }, () => new Worker(new URL('worker.ts', import.meta.url)));
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
