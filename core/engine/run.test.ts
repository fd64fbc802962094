import { describe, it } from 'vitest';
import type { Item, JsonObject } from '../data/item.ts';
import type { StepContext } from '../node/kit.ts';
import {
  bench,
  type Behaviour,
  json,
  kinds,
  orderOfSteps,
  out,
  outputsOf,
  pass,
  passOn,
  sketch,
  throwing,
} from '../shard/testing.ts';
import { Divergence } from './divergence.ts';
import type { RunEvent } from './events.ts';
import type { Program } from './program.ts';
import { replay } from './replay.ts';
import type { Run } from './run.ts';
import { boundedStepViews, stepViews } from './view.ts';

const one = (n: number): Item[] => [{ json: { n } }];
const give = (...outputs: (Item[] | null)[]): Behaviour => ({ outputs: outputs.length, run: () => out(...outputs) });
const at = (x: number, y: number, does: Behaviour = pass): { does: Behaviour; position: [number, number] } => ({
  does,
  position: [x, y],
});
const play = (program: Program, items?: Item[], more: object = {}): Promise<Run> =>
  bench().host.run(program, { ...(items ? { items } : {}), ...more });
const sum: Behaviour = {
  outputs: 1,
  run: (step) => out([{ json: { inputs: step.inputs.map((items) => items?.length ?? 0) } }]),
};

describe('order', () => {
  it('[RUN1] top-most, then left-most, depth first', async ({ expect }) => {
    const nodes = { s: pass, low: at(0, 200), topRight: at(300, 0), topLeft: at(100, 0), after: at(900, 900) };
    const run = await play(sketch(nodes, ['s -> low', 's -> topRight', 's -> topLeft', 'topLeft -> after']));
    expect(orderOfSteps(run)).toEqual(['s', 'topLeft', 'after', 'topRight', 'low']);
  });

  it('[RUN1] positions decide across outputs', async ({ expect }) => {
    const run = await play(sketch({ s: give(one(1), one(2)), a: at(0, 50), b: at(0, 10) }, ['s.0 -> a', 's.1 -> b']));
    expect(orderOfSteps(run)).toEqual(['s', 'b', 'a']);
  });

  it('[RUN2] the old order is breadth first, in the order of the connections', async ({ expect }) => {
    const nodes = { s: pass, low: at(0, 200), top: at(0, 0), after: at(0, 0) };
    const run = await play(sketch(nodes, ['s -> low', 's -> top', 'low -> after'], { executionOrder: 'v0' }));
    expect(orderOfSteps(run)).toEqual(['s', 'low', 'top', 'after']);
  });

  it('[RUN2] the old order starts what leads to a join, but no second trigger, and nothing off the way', async ({
    expect,
  }) => {
    const edges = ['s -> join.0', 'other -> mid', 'mid -> join.1'];
    const nodes = { s: pass, other: pass, mid: pass, join: sum };
    const run = await play(sketch(nodes, edges, { executionOrder: 'v0' }));
    expect(orderOfSteps(run)).toEqual(['s', 'other', 'mid', 'join']);
    const partial = await play(sketch(nodes, edges, { executionOrder: 'v0' }), undefined, { destination: 's' });
    expect(orderOfSteps(partial)).toEqual(['s']);
  });

  it('[RUN2] [RUN3] at the end the old order completes no join whose first input is missing', async ({ expect }) => {
    const lone = (order: 'v0' | 'v1') => sketch({ s: pass, join: sum }, ['s -> join.1'], { executionOrder: order });
    expect(orderOfSteps(await play(lone('v0')))).toEqual(['s']);
    expect(orderOfSteps(await play(lone('v1')))).toEqual(['s', 'join']);
  });

  it('[RUN4] two edges into one input make two runs', async ({ expect }) => {
    const run = await play(
      sketch({ s: pass, a: at(0, 0), b: at(0, 10), end: at(0, 0) }, ['s -> a', 's -> b', 'a -> end', 'b -> end']),
    );
    expect(orderOfSteps(run)).toEqual(['s', 'a', 'end', 'b', 'end']);
    expect(outputsOf(run, 'end')).toHaveLength(2);
  });
});

describe('joins', () => {
  const joined = (requiredInputs: number | 'all', edges: string[]) =>
    sketch({ s: give(one(1), [], one(3)), a: at(0, 0), b: at(0, 10), join: { ...sum, requiredInputs } }, edges);

  it('[RUN3] wait for every input', async ({ expect }) => {
    const run = await play(joined('all', ['s.0 -> a', 's.2 -> b', 'a -> join.0', 'b -> join.1']));
    expect(orderOfSteps(run)).toEqual(['s', 'a', 'b', 'join']);
    expect(outputsOf(run, 'join')).toEqual([[[{ inputs: [1, 1] }]]]);
  });

  it('[RUN3] run without what never came, unless they need it', async ({ expect }) => {
    const edges = ['s.0 -> a', 's.1 -> b', 'a -> join.0', 'b -> join.1'];
    expect(outputsOf(await play(joined(1, edges)), 'join')).toEqual([[[{ inputs: [1, 0] }]]]);
    expect(outputsOf(await play(joined('all', edges)), 'join')).toEqual([]);
    expect(outputsOf(await play(joined(2, edges)), 'join')).toEqual([]);
  });

  it('[RUN3] one behind another waits for that one', async ({ expect }) => {
    const nodes = { s: give(one(1), []), x: pass, late: sum, early: sum };
    const run = await play(
      sketch(nodes, ['s.0 -> early.0', 's.1 -> x', 'x -> early.1', 's.0 -> late.1', 'early -> late.0']),
    );
    expect(orderOfSteps(run)).toEqual(['s', 'early', 'late']);
    expect(outputsOf(run, 'late')).toEqual([[[{ inputs: [1, 1] }]]]);
  });

  it('[RUN3] a second round of data starts a second set', async ({ expect }) => {
    const twice: Behaviour = {
      outputs: 2,
      run: (step) => (step.runIndex === 0 ? out(step.items, step.items) : out([], step.items)),
    };
    const run = await play(sketch({ s: twice, join: at(0, 500, sum) }, ['s.0 -> s', 's.1 -> join.0', 's.1 -> join.1']));
    expect(outputsOf(run, 'join')).toHaveLength(2);
  });

  it('[RUN3] sets are filled in the order of their data', async ({ expect }) => {
    const named = (n: number): Behaviour => ({ outputs: 1, run: () => out(one(n)) });
    const nodes = {
      s: pass,
      a: at(0, 0, named(1)),
      b: at(0, 1, named(2)),
      c: at(0, 2, named(3)),
      d: at(0, 3, named(4)),
      j: at(0, 9, {
        outputs: 1,
        run: (step) => out([{ json: { all: step.inputs.map((items) => items?.[0]?.json.n ?? 0) } }]),
      }),
    };
    const edges = ['a', 'b', 'c', 'd'].flatMap((name, index) => [`s -> ${name}`, `${name} -> j.${index < 2 ? 0 : 1}`]);
    expect(outputsOf(await play(sketch(nodes, edges)), 'j')).toEqual([[[{ all: [1, 3] }]], [[{ all: [2, 4] }]]]);
  });

  it('[RUN3] one behind another waits for that one, even if it came first', async ({ expect }) => {
    const nodes = { s: give(one(1), []), x: pass, late: at(0, 50, sum), early: at(0, -50, sum) };
    const edges = ['s.0 -> early.0', 's.1 -> x', 'x -> early.1', 's.0 -> late.1', 'early -> late.0'];
    expect(orderOfSteps(await play(sketch(nodes, edges)))).toEqual(['s', 'early', 'late']);
  });

  it('[RUN3] a join that fired with nothing only does not run', async ({ expect }) => {
    const run = await play(sketch({ s: give(one(1), []), join: sum }, ['s.1 -> join.0', 's.1 -> join.1']));
    expect(orderOfSteps(run)).toEqual(['s']);
  });
});

describe('what flows on', () => {
  it('[RUN5] empty and silent outputs end their branch', async ({ expect }) => {
    const run = await play(
      sketch({ s: give([], null, one(1)), a: pass, b: pass, c: pass }, ['s.0 -> a', 's.1 -> b', 's.2 -> c']),
    );
    expect(orderOfSteps(run)).toEqual(['s', 'c']);
  });

  it('[RUN5] alwaysOutput gives one empty item, linked to all of the input', async ({ expect }) => {
    const run = await play(
      sketch({ s: { does: give([]), alwaysOutput: true }, a: pass }, ['s -> a']),
      json({ n: 1 }, { n: 2 }),
    );
    expect(run.steps[0]?.outputs).toEqual([[{ json: {}, pairedItem: [{ item: 0 }, { item: 1 }] }]]);
    expect(orderOfSteps(run)).toEqual(['s', 'a']);
  });

  it('[RUN5] alwaysOutput leaves outputs that have items alone', async ({ expect }) => {
    const run = await play(sketch({ s: { does: give(null, one(1)), alwaysOutput: true } }));
    expect(outputsOf(run, 's')).toEqual([[[], [{ n: 1 }]]]);
  });

  it('[RUN6] disabled, once, unknown', async ({ expect }) => {
    const items = json({ n: 1 }, { n: 2 });
    const disabled = await play(sketch({ s: { does: throwing(), disabled: true } }), items, { node: 's' });
    expect(outputsOf(disabled, 's')).toEqual([[[{ n: 1 }, { n: 2 }]]]);
    const once = await play(sketch({ s: pass, a: { executeOnce: true } }, ['s -> a']), items);
    expect(outputsOf(once, 'a')).toEqual([[[{ n: 1 }]]]);
    const program = sketch({ s: give(one(1), []), a: pass, b: pass }, ['s.0 -> a', 's.1 -> b']);
    const lacking = (type: string): Program => ({
      ...program,
      executor: (index) => {
        if (program.graph.nodes[index]?.def.type === type) throw new Error('no such type');
        return program.executor(index);
      },
    });
    expect((await play(lacking('test-b'))).status).toBe('success');
    expect((await play(lacking('test-a'))).final?.err?.n).toBe('a');
  });

  it('[RUN9] pinned items in runs that ask for them', async ({ expect }) => {
    const program = sketch({ s: throwing(), a: pass }, ['s -> a'], {
      pinned: [{ node: 's', items: json({ pin: 1 }) }],
    });
    expect(outputsOf(await play(program, undefined, { pinned: true, mode: 'manual' }), 'a')).toEqual([[[{ pin: 1 }]]]);
    expect((await play(program)).status).toBe('error');
  });

  it('[RUN9] what was given to the first node, whatever is pinned to it', async ({ expect }) => {
    const pinned = ['s', 'a'].map((node) => ({ node, items: json({ pin: node }) }));
    const program = sketch({ s: pass, a: pass }, ['s -> a'], { pinned });
    const run = await play(program, json({ given: 1 }), { pinned: true, mode: 'manual' });
    expect([outputsOf(run, 's'), outputsOf(run, 'a')]).toEqual([[[[{ given: 1 }]]], [[[{ pin: 'a' }]]]]);
  });

  it('[RUN10] a destination', async ({ expect }) => {
    const program = sketch({ s: pass, a: at(0, 50), b: at(0, 0), c: pass }, ['s -> a', 's -> b', 'a -> c']);
    expect(orderOfSteps(await play(program, undefined, { destination: 'a' }))).toEqual(['s', 'a']);
    expect(orderOfSteps(await play(program, undefined, { destination: 'c' }))).toEqual(['s', 'a', 'c']);
  });
});

describe('destinations', () => {
  it('[RUN10] the run ends with the first step of it, whatever is queued, parked or goes round', async ({ expect }) => {
    const to = async (program: Program, destination: string) =>
      orderOfSteps(await play(program, undefined, { destination }));
    const round = sketch({ s: pass, l: pass, b: pass }, ['s -> l', 'l -> b', 'b -> l'], { maxSteps: 9 });
    expect(await to(round, 'b')).toEqual(['s', 'l', 'b']);
    const queued = sketch({ s: pass, a: at(0, 0), b: at(0, 9), d: at(0, 0) }, ['s -> a', 's -> b', 'a -> d', 'b -> d']);
    expect(await to(queued, 'd')).toEqual(['s', 'a', 'd']);
    const parked = sketch({ s: pass, k: at(0, 0, sum), d: at(0, 9) }, ['s -> k.0', 'x -> k.1', 's -> d', 'k -> d']);
    const program = sketch({ s: pass, x: pass, k: at(0, 0, sum), d: at(0, 9) }, [
      's -> k.0',
      'x -> k.1',
      's -> d',
      'k -> d',
    ]);
    expect(await to(parked, 'd')).toEqual(['s', 'k', 'd']);
    expect(await to(program, 'd')).toEqual(['s', 'd']);
  });
});

describe('failures', () => {
  const failing = (onError: 'stop' | 'continue' | 'error-output', does: Behaviour = throwing('no')) =>
    sketch({ s: pass, a: { does, onError }, ok: at(0, 0), bad: at(0, 10) }, ['s -> a', 'a.0 -> ok', 'a.1 -> bad']);

  it('[RUN7] stop, continue, error output', async ({ expect }) => {
    const items = json({ n: 1 }, { n: 2 });
    const stopped = await play(failing('stop'), items);
    expect(orderOfSteps(stopped)).toEqual(['s', 'a']);
    expect(stopped.final).toMatchObject({ status: 'error', err: { code: 'broken', message: 'no', n: 'a' } });
    const on = await play(failing('continue'), items);
    expect(outputsOf(on, 'ok')).toEqual([[[{ n: 1 }, { n: 2 }]]]);
    expect(on.steps[1]).toMatchObject({ status: 'error', error: { message: 'no' } });
    const out2 = await play(failing('error-output'), items);
    expect(outputsOf(out2, 'ok')).toEqual([]);
    expect(outputsOf(out2, 'bad')).toEqual([
      [
        [
          { n: 1, error: 'no' },
          { n: 2, error: 'no' },
        ],
      ],
    ]);
  });

  it('[RUN7] stop takes what is queued and parked with it', async ({ expect }) => {
    const run = await play(
      sketch({ s: pass, a: at(0, 0, throwing()), b: at(0, 10), j: sum }, ['s -> a', 's -> b', 's -> j.0', 'b -> j.1']),
    );
    expect(orderOfSteps(run)).toEqual(['s', 'a']);
  });

  it('[RUN8] items that carry an error leave by the error output', async ({ expect }) => {
    const does: Behaviour = {
      outputs: 1,
      run: (step) =>
        out(
          step.items.map((_, item) =>
            item === 0
              ? { json: { error: 'bad' }, pairedItem: { item } }
              : { json: { error: 'kept', more: 1 }, pairedItem: item },
          ),
        ),
    };
    const run = await play(failing('error-output', does), json({ n: 1 }, { n: 2 }));
    expect(outputsOf(run, 'a')).toEqual([[[{ error: 'kept', more: 1 }], [{ n: 1, error: 'bad' }]]]);
    const long = await play(
      failing('error-output', {
        outputs: 1,
        run: () =>
          out([{ json: { x: 1 }, error: { message: 'e' }, pairedItem: 0 }, { json: { error: 'x', message: 'y' } }]),
      }),
      json({ n: 1 }),
    );
    expect(outputsOf(long, 'bad')).toEqual([
      [
        [
          { n: 1, x: 1, error: 'e' },
          { n: 1, error: 'x', message: 'y' },
        ],
      ],
    ]);
  });

  it('[RUN7] [RUN8] the error output comes after those the node has, wired or not', async ({ expect }) => {
    const two: Behaviour = { outputs: 2, run: () => out([{ json: { error: 'x' } }], one(2)) };
    const run = await play(sketch({ s: { does: two, onError: 'error-output' }, a: pass }, ['s.1 -> a']));
    expect(outputsOf(run, 's')[0]?.map((items) => items.length)).toEqual([0, 1, 1]);
    expect(outputsOf(run, 'a')).toEqual([[[{ n: 2 }]]]);
    const thrown = await play(
      sketch({ s: { does: { ...throwing(), outputs: 3 }, onError: 'error-output' }, a: pass }, ['s.3 -> a']),
    );
    expect(outputsOf(thrown, 'a')).toHaveLength(1);
  });
});

describe('lineage and memory', () => {
  const linkOf = (step: StepContext, name: string): JsonObject => ({
    n: step.scope(0).run.paired(name, 0)?.json.n ?? null,
  });

  it('[RUN11] plain links are made, others are left open', async ({ expect }) => {
    const bare = (count: number): Behaviour => ({
      outputs: 1,
      run: () => out(Array.from({ length: count }, (_, n) => ({ json: { n } }))),
    });
    const links = async (count: number, items: Item[]) =>
      (await play(sketch({ s: bare(count) }), items)).steps[0]?.outputs[0]?.map((item) => item.pairedItem);
    expect(await links(2, json({}))).toEqual([0, 0]);
    expect(await links(2, json({}, {}))).toEqual([0, 1]);
    expect(await links(3, json({}, {}))).toEqual([undefined, undefined, undefined]);
  });

  it('[RUN11] links lead back through several nodes', async ({ expect }) => {
    const ask: Behaviour = { outputs: 1, run: (step) => out([{ json: linkOf(step, 's') }]) };
    const turn: Behaviour = {
      outputs: 1,
      run: (step) => out(step.items.map((_, item) => ({ json: {}, pairedItem: step.items.length - 1 - item }))),
    };
    const run = await play(
      sketch({ s: pass, a: turn, b: pass, c: ask }, ['s -> a', 'a -> b', 'b -> c']),
      json({ n: 1 }, { n: 2 }),
    );
    expect(outputsOf(run, 'c')).toEqual([[[{ n: 2 }]]]);
    const both: Behaviour = { outputs: 1, run: () => out([{ json: {}, pairedItem: [{ item: 0 }, { item: 1 }] }]) };
    const torn = await play(sketch({ s: pass, a: both, c: ask }, ['s -> a', 'a -> c']), json({ n: 1 }, { n: 2 }));
    expect(outputsOf(torn, 'c')).toEqual([[[{ n: null }]]]);
  });

  it('[RUN11] a loop may hand out what an earlier run of it took in', async ({ expect }) => {
    const ask: Behaviour = { outputs: 1, run: (step) => out([{ json: linkOf(step, 's') }]) };
    const hand: Behaviour = {
      outputs: 2,
      run: (step) => {
        if (step.runIndex === 0) return out([{ json: {}, pairedItem: 0 }], []);
        return out([], [{ json: {}, pairedItem: { item: 1, run: 0 } }]);
      },
    };
    const nodes = { s: pass, l: hand, body: pass, c: ask };
    const edges = ['s -> l', 'l.0 -> body', 'body -> l', 'l.1 -> c'];
    const run = await play(sketch(nodes, edges), json({ n: 1 }, { n: 2 }));
    expect(outputsOf(run, 'c')).toEqual([[[{ n: 2 }]]]);
  });

  it('[RUN11] what waits at a join keeps its input’s number', async ({ expect }) => {
    const run = await play(
      sketch(
        {
          s: pass,
          a: at(0, 0),
          b: at(0, 9),
          j: { outputs: 1, run: (step) => out(step.inputs.flatMap((items) => [...(items ?? [])])) },
        },
        ['s -> a', 's -> b', 'a -> j.0', 'b -> j.1'],
      ),
    );
    expect(run.steps.at(-1)?.outputs[0]?.map((item) => item.pairedItem)).toEqual([0, { item: 0, input: 1 }]);
  });

  it('[RUN12] context and earlier input', async ({ expect }) => {
    const does: Behaviour = {
      outputs: 2,
      run(step) {
        const seen = Number(step.context.seen ?? 0);
        const first = step.inputOf(0)[0]?.json.n ?? null;
        const items = [{ json: { n: seen + 10, first } }];
        return { kind: 'output', outputs: seen < 2 ? [items, []] : [[], items], context: { seen: seen + 1 } };
      },
    };
    const run = await play(
      sketch({ s: pass, a: does, end: pass }, ['s -> a', 'a.0 -> a', 'a.1 -> end']),
      json({ n: 1 }),
    );
    expect(orderOfSteps(run)).toEqual(['s', 'a', 'a', 'a', 'end']);
    expect(outputsOf(run, 'end')).toEqual([[[{ n: 12, first: 1 }]]]);
  });

  it('[RUN16] chance is the attempt’s own', async ({ expect }) => {
    const seen: number[] = [];
    const does: Behaviour = {
      outputs: 1,
      run(step) {
        seen.push(step.random());
        if (seen.length % 3 !== 0) throw new Error('again');
        return passOn(step);
      },
    };
    const retry = { maxTries: 3, waitMs: 1 };
    const { host } = bench();
    await host.run(sketch({ a: { does, retry } }));
    expect(new Set(seen).size).toBe(3);
    const again: number[] = [...seen];
    seen.length = 0;
    await bench().host.run(sketch({ a: { does, retry } }));
    expect(seen).toEqual(again);
  });
});

describe('journals', () => {
  const events = async (program: Program, items: Item[]): Promise<{ run: Run; journal: RunEvent[] }> => {
    const { host } = bench();
    const run = await host.run(program, { items });
    return { run, journal: host.journals.get(run.id) ?? [] };
  };
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const outputs = (run: Run) => run.steps.map((step) => step.outputs);

  it('[RUN13] [RUN14] rebuild the run, from text too', async ({ expect }) => {
    const program = sketch({ s: give(one(1), one(2)), a: pass, b: pass, j: sum }, [
      's.0 -> a',
      's.1 -> b',
      'a -> j.0',
      'b -> j.1',
    ]);
    const { run, journal } = await events(program, json({ n: 1 }));
    const again = replay(run.id, program, copy(journal));
    expect(outputs(again)).toEqual(outputs(run));
    expect(orderOfSteps(again)).toEqual(orderOfSteps(run));
    expect(again.final).toEqual(run.final);
  });

  it('[RUN18] what a node printed is recorded and shown', async ({ expect }) => {
    const printing: Behaviour = { outputs: 1, run: () => ({ ...out(one(1)), logs: ['a', 'b'] }) };
    const program = sketch({ s: printing, t: pass }, ['s -> t']);
    const { run, journal } = await events(program, json({ n: 1 }));
    const logs = (of: Run): unknown => stepViews(of).map((view) => view.logs);
    expect(logs(run)).toEqual([['a', 'b'], undefined]);
    expect(logs(replay(run.id, program, copy(journal)))).toEqual([['a', 'b'], undefined]);
    expect(boundedStepViews(run, 3)[0]).toMatchObject({ omitted: true, outputs: [] });
    expect(boundedStepViews(run, 3)[0]).not.toHaveProperty('logs');
  });

  it('[RUN13] a version that goes elsewhere is refused, and so is anything after the end', async ({ expect }) => {
    const { run, journal } = await events(sketch({ s: pass, a: pass }, ['s -> a']), json({}));
    const other = sketch({ s: pass, x: pass, a: pass }, ['s -> x', 'x -> a']);
    expect(() => replay(run.id, other, journal)).toThrow(Divergence);
    expect(() => replay(run.id, sketch({ z: pass }), journal)).toThrow(Divergence);
    expect(() => replay(run.id, run.program, [...journal, { t: 'pause', at: 0 }])).toThrow(Divergence);
    expect(() => replay(run.id, run.program, journal.slice(1))).toThrow(Divergence);
    expect(() => replay(run.id, run.program, [...journal, { t: 'handoff', at: 0 }])).not.toThrow();
  });

  it('[RUN14] [RUN15] keys and names that break maps', async ({ expect }) => {
    const item = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "toString": null}') as JsonObject;
    const names = ['__proto__', 'constructor', 'hasOwnProperty'];
    const nodes = Object.fromEntries(names.map((name) => [name, pass]));
    Object.defineProperty(nodes, '__proto__', { value: pass, enumerable: true });
    const program = sketch(nodes, ['constructor -> hasOwnProperty', 'hasOwnProperty -> __proto__']);
    const { host } = bench();
    const run = await host.run(program, { node: 'constructor', items: [{ json: item }] });
    expect(orderOfSteps(run)).toEqual(['constructor', 'hasOwnProperty', '__proto__']);
    expect(kinds(host, run.id)).toEqual(['start', 'step', 'step', 'step', 'end']);
    const again = replay(run.id, program, copy(host.journals.get(run.id) ?? []));
    expect(JSON.stringify(again.steps.at(-1)?.outputs[0]?.[0]?.json)).toBe(JSON.stringify(item));
    expect(Object.getPrototypeOf(again.steps.at(-1)?.outputs[0]?.[0]?.json)).toBe(Object.prototype);
  });
});
