import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Failure } from './batch.ts';
import { addUp, type Coverage } from './coverage.ts';
import { digest, lines } from './digest.ts';
import { generate } from './generate.ts';
import { runOnAllCores } from './pool.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

const USAGE = `Simulates the engine under faults and checks the promises P1 to P10.

  npm run simulate -- --seeds 1000000        so many seeds, on all cores
  npm run simulate -- --from 5000 --seeds 10 seeds 5000 to 5009
  npm run simulate -- --seed 17 [--trace]    one seed; with all that happened
  --json         the result as JSON on stdout
  --workers N    default: all cores
`;

/** Failures after which looking for more is a waste. */
const MAX_FAILURES = 20;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    workers: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else process.exitCode = values.seed === undefined ? await many() : one(Number(values.seed));

function one(seed: number): number {
  const outcome = simulate(generate(seed));
  if (values.trace) for (const line of lines(outcome)) process.stdout.write(`${line}\n`);
  const failures = outcome.violations.map((violation) => ({ seed, ...violation }));
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ seed, digest: digest(outcome), failures, coverage: outcome.coverage })}\n`,
    );
  } else {
    process.stderr.write(
      `seed ${seed}: ${failures.length === 0 ? 'every promise kept' : 'FAILED'}, ${digest(outcome)}\n`,
    );
  }
  explain(failures);
  return failures.length === 0 ? 0 : 1;
}

async function many(): Promise<number> {
  const from = Number(values.from);
  const total = Number(values.seeds);
  const coverage: Coverage = {};
  const failures: Failure[] = [];
  const began = performance.now();
  let done = 0;
  let told = began;
  const elapsed = (): number => (performance.now() - began) / 1000;
  await runOnAllCores({ from, to: from + total, workers: Math.max(1, Number(values.workers)) }, (result) => {
    done += result.seeds;
    addUp(coverage, result.coverage);
    failures.push(...result.failures);
    if (performance.now() - told > 2000) {
      told = performance.now();
      process.stderr.write(`${done}/${total} seeds, ${failures.length} failed, ${Math.round(done / elapsed())}/s\n`);
    }
    return failures.length >= MAX_FAILURES ? 'stop' : 'go on';
  });
  const seconds = elapsed();
  const report = {
    seeds: done,
    failed: failures.length,
    seconds: Math.round(seconds * 10) / 10,
    seedsPerSecond: Math.round(done / seconds),
    coverage: Object.fromEntries(Object.entries(coverage).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    failures: failures.map(({ seed, promise, message }) => ({ seed, promise, message: message.slice(0, 500) })),
  };
  explain(failures.toSorted((a, b) => a.seed - b.seed).slice(0, 1));
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return failures.length === 0 ? 0 : 1;
}

/** Seed, promise, message, and the smallest case found that fails in the same way. */
function explain(failures: readonly Failure[]): void {
  for (const { seed, promise, message } of failures.slice(0, 1)) {
    process.stderr.write(`seed ${seed} breaks ${promise}: ${message}\n`);
    const small = shrink(generate(seed), promise);
    const again = simulate(small).violations.find((violation) => violation.promise === promise);
    process.stderr.write(`smallest case: ${again?.message ?? ''}\n${JSON.stringify(small)}\n`);
  }
}
