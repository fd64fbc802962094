// `npm run check`: everything that is fast. Under a minute; prints only what fails.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Outcome, Step } from './steps.ts';
import { run } from './steps.ts';

const root = resolve(import.meta.dirname, '..');
const QUICK: Step[] = [
  { name: 'registries', command: 'node', args: ['scripts/registries.ts', '--check'] },
  { name: 'format', command: 'oxfmt', args: ['--check', '.'] },
  { name: 'lint', command: 'oxlint', args: ['.'] },
];
/** One core for half a minute: what is quick, and then the tests, run beside it. */
const TYPES: Step = { name: 'types', command: 'tsc', args: ['-b', '--pretty', 'false'] };
/** On all cores: by itself vitest leaves one free, which is half of a small machine. */
const UNIT: Step = {
  name: 'unit tests',
  command: 'vitest',
  args: ['run', '--project', 'unit', '--reporter', 'dot', '--maxWorkers', String(availableParallelism())],
};

const report = ({ name, ok, seconds, output }: Outcome): boolean => {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`);
  if (!ok) {
    console.log(output.trimEnd());
  }
  return ok;
};

const perform = async (step: Step): Promise<boolean> => report(await run(root, step));
const beside = async (): Promise<boolean[]> => [...(await Promise.all(QUICK.map(perform))), await perform(UNIT)];
const outcomes = (await Promise.all([perform(TYPES), beside()])).flat();
const failed = outcomes.filter((ok) => !ok).length;
console.log(`check: ${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
