import { parentPort, workerData } from 'node:worker_threads';
import { Builtins } from './oracle.ts';
import { Fuzzer } from './program.ts';

/** How long a worker checks programs before it tells. */
const TELL_MS = 1_000;

export interface Task {
  seed: number;
  from: number;
  untilMs: number;
  /** One number: the program being checked, so that a hang has a name. */
  position: SharedArrayBuffer;
}

const { seed, from, untilMs, position } = workerData as Task;
const at = new Int32Array(position);
const fuzzer = new Fuzzer();
const builtins = new Builtins();

for (let program = from; Date.now() < untilMs;) {
  const counts: Record<string, number> = {};
  const failures = [];
  const tellAt = Date.now() + TELL_MS;
  while (Date.now() < tellAt) {
    Atomics.store(at, 0, program);
    const { kind, failure } = fuzzer.check(seed, program++);
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (failure) failures.push(failure);
    if (failures.length > 10) break;
  }
  const broken = builtins.fault();
  if (broken) failures.push({ seed, at: program - 1, why: broken, text: '(one of the programs before)', small: '' });
  parentPort?.postMessage({ counts, failures });
  if (broken) break;
}
