import { parentPort } from 'node:worker_threads';
import { runBatch } from './batch.ts';

parentPort?.on('message', (range: { from: number; to: number }) => {
  parentPort?.postMessage(runBatch(range));
});
