import jsonata from 'jsonata';
import { getQuickJS } from 'quickjs-emscripten';
import { compileTemplate } from '../../../core/expression/index.ts';
import { testScope } from '../../../core/expression/testing.ts';
import type { JsonObject } from '../../../core/data/item.ts';
import { median, round, type ExpressionRates } from '../results.ts';
import type { BenchContext, Measurement, Section } from '../section.ts';

const ROUNDS = 5;
const ROUND_MS = 300;

/** The same work in three languages, over the same data. */
interface Task {
  name: keyof ExpressionRates;
  data: JsonObject;
  ours: string;
  jsonata: string;
  javascript: string;
  /** JSON of the right answer. */
  answer: string;
}

const items = Array.from({ length: 100 }, (_, i) => ({ x: i }));
const TASKS: readonly Task[] = [
  {
    name: 'path',
    data: { a: { b: 'value' } },
    ours: '={{ $json.a.b }}',
    jsonata: 'a.b',
    javascript: '$json.a.b',
    answer: '"value"',
  },
  {
    name: 'map100',
    data: { items },
    ours: '={{ $json.items.map(i => i.x * 2) }}',
    jsonata: 'items.(x * 2)',
    javascript: '$json.items.map(i => i.x * 2)',
    answer: JSON.stringify(items.map(({ x }) => x * 2)),
  },
];

type Once = () => unknown;

/** Evaluations a second of CPU: other work on the machine does not count. */
async function rate(once: Once, isAsync: boolean): Promise<number> {
  const before = process.cpuUsage();
  const end = performance.now() + ROUND_MS;
  let count = 0;
  do {
    for (let i = 0; i < 200; i++) {
      const made = once();
      if (isAsync) await made;
    }
    count += 200;
  } while (performance.now() < end);
  const { user, system } = process.cpuUsage(before);
  return (count / (user + system)) * 1_000_000;
}

async function check(name: string, once: Once, answer: string): Promise<void> {
  const made = JSON.stringify(await once());
  if (made !== answer) throw new Error(`${name} answered ${made.slice(0, 200)}`);
}

async function measure(task: Task): Promise<ExpressionRates[keyof ExpressionRates]> {
  const template = compileTemplate(task.ours);
  const scope = testScope({ json: [task.data] });
  const ours: Once = () => template.at(scope);
  const compiled = jsonata(task.jsonata);
  // Its lists carry a marker; JSON does not see it.
  const theirs: Once = () => compiled.evaluate(task.data);
  const vm = (await getQuickJS()).newContext();
  try {
    vm.unwrapResult(vm.evalCode(`const $json = ${JSON.stringify(task.data)}`)).dispose();
    const compiledInVm = vm.unwrapResult(vm.evalCode(`() => ${task.javascript}`));
    const quick: Once = () => {
      const made = vm.unwrapResult(vm.callFunction(compiledInVm, vm.undefined));
      const value: unknown = vm.dump(made);
      made.dispose();
      return value;
    };
    const contenders: [Once, boolean][] = [
      [ours, false],
      [theirs, true],
      [quick, false],
    ];
    for (const [once, isAsync] of contenders) {
      await check(task.name, once, task.answer);
      await rate(once, isAsync);
    }
    const rates: number[][] = contenders.map(() => []);
    for (let turn = 0; turn < ROUNDS; turn++) {
      for (const [i, [once, isAsync]] of contenders.entries()) rates[i]?.push(await rate(once, isAsync));
    }
    compiledInVm.dispose();
    const [mine = 0, jsonataRate = 0, quickjs = 0] = rates.map(median);
    return {
      perSecond: round(mine),
      timesJsonata: round(mine / jsonataRate, 1),
      timesQuickjs: round(mine / quickjs, 1),
    };
  } finally {
    vm.dispose();
  }
}

async function run(context: BenchContext): Promise<Measurement> {
  const expression = {} as ExpressionRates;
  for (const task of TASKS) {
    const row = await measure(task);
    expression[task.name] = row;
    context.say(`  ${task.name}: ${row.perSecond}/s, ${row.timesJsonata} × jsonata, ${row.timesQuickjs} × quickjs`);
  }
  return { results: { expression } };
}

export const section: Section = { name: 'expression', run };
