import type { Item, JsonObject, Outputs } from '../../core/data/item.ts';
import type { Registry } from '../../core/engine/program.ts';
import {
  type CompileKit,
  type EffectClass,
  NodeError,
  type NodeExecutor,
  type NodeType,
  type StepContext,
  type StepResult,
} from '../../core/node/kit.ts';

/** Hears of every time a node's code runs: the step's key, and the version whose code it is. */
export type Witness = (stepKey: string, version: string, how: { resumed: boolean; kills: boolean }) => void;

const output = (...outputs: Outputs): StepResult => ({ kind: 'output', outputs });
const count = (item: Item | undefined): number => (typeof item?.json.n === 'number' ? item.json.n : 0);
const made = (n: number, pairedItem: number): Item => ({ json: { n }, pairedItem });
const plus = (step: StepContext, add: number): Item[] =>
  step.items.map((item, index) => made(count(item) + add, index));

type Body = (kit: CompileKit) => NodeExecutor;

const number = (kit: CompileKit, name: string, fallback: number): number => {
  const value = kit.raw(name);
  return typeof value === 'number' ? value : fallback;
};

const start: Body = () => ({ outputs: 1, run: (step) => output(step.items) });

/** Also counts, in what it keeps, how often it ran in any run; its context says the number it reached. */
const map: Body = (kit) => {
  const add = number(kit, 'add', 1);
  return {
    outputs: 1,
    run(step) {
      const { ran } = step.kept('node');
      const counted = { ran: (typeof ran === 'number' ? ran : 0) + 1 };
      return { kind: 'output', outputs: [plus(step, add)], context: counted, keep: { node: counted } };
    },
  };
};

/** Sends each item left or right; with `dull`, an output without items does not fire at all. */
const branch: Body = (kit) => {
  const mod = number(kit, 'mod', 2);
  const isDull = kit.raw('dull') === true;
  return {
    outputs: 2,
    run(step) {
      const sides: [Item[], Item[]] = [[], []];
      for (const [index, item] of step.items.entries()) {
        sides[count(item) % mod === 0 ? 0 : 1].push(made(count(item), index));
      }
      return output(...sides.map((side) => (isDull && side.length === 0 ? null : side)));
    },
  };
};

const join: Body = (kit) => ({
  outputs: 1,
  requiredInputs: kit.raw('all') === true ? 'all' : 1,
  run: (step) =>
    output([
      made(
        step.inputs.flat().reduce((sum, item) => sum + count(item ?? undefined), 0),
        0,
      ),
    ]),
});

/** Goes round `times`, counting in its context. Output 0 leaves, 1 goes round. */
const loop: Body = (kit) => {
  const times = number(kit, 'times', 2);
  return {
    outputs: 2,
    run(step) {
      const round = typeof step.context.round === 'number' ? step.context.round : 0;
      const context: JsonObject = { round: round + 1 };
      const items = plus(step, 1);
      return { kind: 'output', outputs: round < times ? [[], items] : [items, []], context };
    },
  };
};

const wait: Body = (kit) => {
  const ms = kit.raw('ms');
  const signal = kit.raw('signal') === true;
  return {
    outputs: 1,
    run: (step) => {
      const result: StepResult & { kind: 'wait' } = { kind: 'wait' };
      if (typeof ms === 'number') result.untilMs = step.nowMs + ms;
      if (signal || typeof ms !== 'number') result.signal = 'webhook';
      return result;
    },
    resume: (step, wake) => (wake.kind === 'signal' ? output(wake.items) : output(plus(step, 2))),
  };
};

const effect: Body = (kit) => {
  const kind = String(kit.raw('class') ?? 'pure') as EffectClass;
  const rounds = number(kit, 'rounds', 1);
  const ask = (step: StepContext, round: number): StepResult => ({
    kind: 'effect',
    effect: { kind: 'sim', class: kind, payload: { round, n: count(step.items[0]), items: step.items.length } },
  });
  return {
    outputs: 1,
    run: (step) => ask(step, 0),
    resume(step, wake) {
      if (wake.kind !== 'reply') throw new NodeError('odd-wake', `An effect was woken by "${wake.kind}".`);
      const round = typeof wake.value === 'number' ? wake.value : 0;
      return round + 1 < rounds ? ask(step, round + 1) : output(plus(step, 3));
    },
  };
};

const call: Body = (kit) => {
  const isWaiting = kit.raw('wait') !== false;
  return {
    outputs: 1,
    run(step) {
      const batches = kit.raw('split') === true ? step.items.map((item) => [made(count(item), 0)]) : [plus(step, 0)];
      return { kind: 'call', workflow: { id: String(kit.raw('workflow')) }, batches, wait: isWaiting };
    },
    resume: (step, wake) =>
      wake.kind === 'children' && isWaiting
        ? output(
            wake.results.flat().map((item, index) => made(count(item) + 1, index % Math.max(1, step.items.length))),
          )
        : output(plus(step, 1)),
  };
};

/** Fails by the step's own chance, which differs from attempt to attempt. */
const flaky: Body = (kit) => {
  const share = number(kit, 'share', 0.5);
  return {
    outputs: 1,
    run(step) {
      if (step.random() < share) throw new NodeError('flaky', 'As the step has it.');
      return output(plus(step, 4));
    },
  };
};

/** Makes one item of three an error item, as nodes that go on after failures do. */
const partial: Body = () => ({
  outputs: 1,
  run: (step) =>
    output(
      step.items.map((item, index) =>
        count(item) % 3 === 0 ? { json: { error: 'of this item' }, pairedItem: index } : made(count(item), index),
      ),
    ),
});

const source: Body = (kit) => {
  const items = number(kit, 'items', 1);
  return { outputs: 1, run: (step) => output(Array.from({ length: items }, (_, n) => made(n + step.runIndex, 0))) };
};

const BODIES: Record<string, Body> = {
  'sim-start': start,
  'execute-workflow-trigger': start,
  'error-trigger': () => ({ outputs: 1, run: () => output([{ json: { n: 7 } }]) }),
  'sim-map': map,
  'sim-branch': branch,
  'sim-join': join,
  'sim-loop': loop,
  'sim-wait': wait,
  'sim-effect': effect,
  'sim-call': call,
  'sim-flaky': flaky,
  'sim-partial': partial,
  'sim-source': source,
};

/** The simulator's node types, which tell `witness` whenever they run. */
export function simulatedNodes(witness: Witness): Registry {
  const types = Object.entries(BODIES).map(([type, body]): [string, NodeType] => [
    type,
    {
      type,
      title: type,
      summary: '',
      group: 'flow',
      icon: 'list',
      version: 1,
      fields: [],
      ...(type === 'sim-start' ? { trigger: 'manual' as const } : {}),
      compile(kit) {
        const inner = body(kit);
        const version = String(kit.raw('v') ?? '');
        // such a node never comes to its end: it takes the host with it
        const kills = kit.raw('poison') === true;
        const begun = { resumed: false, kills };
        const resumed = { resumed: true, kills };
        const { resume } = inner;
        const seen: NodeExecutor = {
          ...inner,
          run(step) {
            witness(step.stepKey, version, begun);
            return inner.run(step);
          },
        };
        if (resume) {
          seen.resume = (step, wake) => {
            witness(step.stepKey, version, resumed);
            return resume(step, wake);
          };
        }
        return seen;
      },
    },
  ]);
  return new Map(types);
}
