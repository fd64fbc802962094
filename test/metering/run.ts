// `npm run metering -- [--events 1000000] [--seed 1] [--limited] [--json]`: usage with duplicates, lateness and crashes against an oracle.
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    limited: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const began = performance.now();
const outcome = await simulate({
  seed: Number(values.seed),
  events: Number(values.events),
  isLimited: values.limited,
});
const seconds = Math.round((performance.now() - began) / 100) / 10;
if (values.json) process.stdout.write(`${JSON.stringify({ ...outcome, seconds })}\n`);
else {
  const { events, runs, refusals, coverage, problem } = outcome;
  process.stdout.write(
    `${events} events (${runs} runs, ${refusals} refusals) in ${seconds} s: ${problem ?? 'exact'}\n`,
  );
  process.stdout.write(
    `${Object.entries(coverage)
      .map(([what, times]) => `${what} ${times}`)
      .join(', ')}\n`,
  );
}
process.exitCode = outcome.problem === undefined ? 0 : 1;
