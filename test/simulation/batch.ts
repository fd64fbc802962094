import { addUp, type Coverage } from './coverage.ts';
import { generate } from './generate.ts';
import type { Violation } from './history.ts';
import { simulate } from './simulate.ts';

export interface Failure extends Violation {
  seed: number;
}

export interface BatchResult {
  seeds: number;
  coverage: Coverage;
  failures: Failure[];
}

/** Simulates seeds `from` up to, not including, `to`. */
export function runBatch({ from, to }: { from: number; to: number }): BatchResult {
  const result: BatchResult = { seeds: to - from, coverage: {}, failures: [] };
  for (let seed = from; seed < to; seed++) {
    const { violations, coverage } = simulate(generate(seed));
    addUp(result.coverage, coverage);
    const [first] = violations;
    if (first) result.failures.push({ seed, ...first });
  }
  return result;
}
