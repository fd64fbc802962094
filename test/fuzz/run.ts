// `npm run fuzz -- [--minutes 1] [--seed N] [--at N] [--json]`: random programs against the expression language.
import { Worker } from 'node:worker_threads';
import { parseArgs } from 'node:util';
import type { Failure } from './program.ts';
import { Fuzzer } from './program.ts';
import type { Task } from './worker.ts';

const USAGE = `Checks the expression language with random programs over hostile data.

  npm run fuzz -- --minutes 30    so long; default 1
  npm run fuzz -- --seed 7        the programs of that seed; default: another each day
  npm run fuzz -- --seed 7 --at 4 one program again
  --json                          the result as JSON on stdout

Each must end within its limits with a value or an ExpressionError, do the same again, leave its input and the host
alone; programs of the plain part of the language must give what JavaScript gives.
`;

/** A program that takes so long hangs: its own limits have failed. */
const HANG_MS = 30_000;
/** Failures after which looking for more is a waste. */
const MAX_FAILURES = 20;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
    at: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const minutes = Number(values.minutes);
if (values.help || !Number.isInteger(seed) || !(minutes > 0)) {
  process.stderr.write(USAGE);
  process.exit(values.help ? 0 : 2);
}

interface Report {
  seed: number;
  minutes: number;
  programs: number;
  kinds: Record<string, number>;
  failures: Failure[];
}

function one(at: number): Report {
  const { kind, failure } = new Fuzzer().check(seed, at);
  return { seed, minutes: 0, programs: 1, kinds: { [kind]: 1 }, failures: failure ? [failure] : [] };
}

/** Checks in a worker, so that a program that hangs can be named and left behind. */
async function many(): Promise<Report> {
  const startedAtMs = Date.now();
  const untilMs = startedAtMs + minutes * 60_000;
  const report: Report = { seed, minutes, programs: 0, kinds: {}, failures: [] };
  let from = 0;
  let saidAtMs = startedAtMs;
  const note = (failure: Failure): void => {
    report.failures.push(failure);
    process.stderr.write(`program ${failure.at} ${failure.why}\n  ${failure.small || failure.text}\n`);
  };
  while (Date.now() < untilMs && report.failures.length < MAX_FAILURES) {
    const position = new SharedArrayBuffer(4);
    const at = new Int32Array(position);
    const task: Task = { seed, from, untilMs, position };
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: task });
    await new Promise<void>((done, fail) => {
      let seen = -1;
      let sinceMs = Date.now();
      const watch = setInterval(() => {
        const now = Atomics.load(at, 0);
        if (now !== seen) {
          seen = now;
          sinceMs = Date.now();
        } else if (Date.now() - sinceMs > HANG_MS) {
          note({
            seed,
            at: now,
            why: `hangs for more than ${HANG_MS} ms`,
            text: `--seed ${seed} --at ${now}`,
            small: '',
          });
          void worker.terminate();
        }
      }, 1_000);
      worker.on('message', ({ counts, failures }: { counts: Record<string, number>; failures: Failure[] }) => {
        for (const [kind, count] of Object.entries(counts)) {
          report.kinds[kind] = (report.kinds[kind] ?? 0) + count;
          report.programs += count;
        }
        failures.forEach(note);
        if (report.failures.length >= MAX_FAILURES) void worker.terminate();
        if (Date.now() - saidAtMs > 15_000) {
          saidAtMs = Date.now();
          const seconds = Math.round((saidAtMs - startedAtMs) / 1_000);
          process.stderr.write(`${report.programs} programs in ${seconds} s, ${report.failures.length} failed\n`);
        }
      });
      worker.on('error', (error) => {
        clearInterval(watch);
        fail(error);
      });
      worker.on('exit', () => {
        clearInterval(watch);
        from = Atomics.load(at, 0) + 1;
        done();
      });
    });
  }
  return report;
}

const report = values.at === undefined ? await many() : one(Number(values.at));
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
  process.stdout.write(`seed ${seed}: ${report.programs} programs, ${report.failures.length} failed\n`);
  for (const { at, why, small, text } of report.failures) process.stdout.write(`${at}: ${why}\n  ${small || text}\n`);
}
process.exitCode = report.failures.length > 0 ? 1 : 0;
