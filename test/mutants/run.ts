import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, MUTANTS } from './mutants.ts';
import { Sandbox } from './sandbox.ts';

const USAGE = `Breaks the engine on purpose, one thing at a time, and sees whether the tests notice.

  npm run test:mutants                 all of them; fails when more than one in ten is not noticed
  npm run test:mutants -- --only gate  those of files whose name has "gate" in it
  --workers N    default: all cores
`;

/** Share of mutants that must be noticed. */
const MIN_KILLED = 0.9;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: String(availableParallelism()) },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else process.exitCode = await main();

async function main(): Promise<number> {
  const root = path.resolve(import.meta.dirname, '..', '..');
  const mutants = MUTANTS.filter(({ file, why }) => `${file} ${why}`.includes(values.only));
  const stale = mutants.filter((mutant) => !fits(root, mutant));
  const queue = mutants.filter((mutant) => !stale.includes(mutant));
  const survived: Mutant[] = [];
  const by = { simulation: 0, unit: 0 };
  const began = performance.now();
  await Promise.all(
    Array.from({ length: Math.max(1, Number(values.workers)) }, async () => {
      const sandbox = new Sandbox(root);
      try {
        // tests that fail by themselves would "notice" everything
        if (!(await sandbox.passesSimulation()) || !(await sandbox.passesUnit())) {
          throw new Error('The tests fail without any mutant.');
        }
        for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
          const killer = await sandbox.try(mutant);
          if (killer) by[killer]++;
          else survived.push(mutant);
          process.stderr.write(`${killer ?? 'SURVIVED'}: ${mutant.file}: ${mutant.why}\n`);
        }
      } finally {
        sandbox.remove();
      }
    }),
  );
  const killed = mutants.length - survived.length - stale.length;
  const report = {
    mutants: mutants.length,
    killed,
    killedBySimulation: by.simulation,
    killedByUnitTests: by.unit,
    seconds: Math.round((performance.now() - began) / 1000),
    survived: survived.map(({ file, why }) => ({ file, why })),
    // the code they would change is not there any more: bring them up to date
    stale: stale.map(({ file, why }) => ({ file, why })),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return stale.length === 0 && killed >= MIN_KILLED * mutants.length ? 0 : 1;
}

function fits(root: string, mutant: Mutant): boolean {
  return readFileSync(path.join(root, mutant.file), 'utf8').split(mutant.find).length === 2;
}
