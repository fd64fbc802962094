import { describe, it } from 'vitest';
import { MAX_KEPT_CHARS } from '../engine/size.ts';
import type { KeptScope } from '../node/kit.ts';
import { type Behaviour, bench, json, out, sketch } from './testing.ts';

/** Counts runs in what it keeps, and says the number it reached. */
const counter = (scope: KeptScope): Behaviour => ({
  outputs: 1,
  run(step) {
    const { n } = step.kept(scope);
    const next = { n: (typeof n === 'number' ? n : 0) + 1 };
    return { ...out(json(next)), keep: { [scope]: next } };
  },
});

describe('what outlives a run', () => {
  it('[SHD23] a node finds what it kept in earlier runs, on a later version too', async ({ expect }) => {
    const { host } = bench();
    const version = () => sketch({ a: counter('node') });
    const numbers: unknown[] = [];
    for (const program of [version(), version(), version()]) {
      numbers.push((await host.run(program)).steps[0]?.outputs[0]?.[0]?.json.n);
    }
    expect(numbers).toEqual([1, 2, 3]);
  });

  it('[SHD23] nodes, scopes and workflows are apart', async ({ expect }) => {
    const { host } = bench();
    const both = sketch({ a: counter('node'), b: counter('global'), c: counter('global') }, ['a -> b', 'b -> c']);
    const other = sketch({ a: counter('node') }, [], { workflow: 'other' });
    const said = async (program: typeof both) =>
      (await host.run(program)).steps.map((step) => step.outputs[0]?.[0]?.json.n);
    expect(await said(both)).toEqual([1, 1, 2]);
    expect(await said(other)).toEqual([1]);
    expect(await said(both)).toEqual([2, 3, 4]);
  });

  it('[SHD23] is lost with a step that was not committed, and only then', async ({ expect }) => {
    const { host } = bench({ manualCommit: true });
    const program = sketch({ a: counter('node') });
    host.start(program);
    host.commit();
    host.start(program);
    host.restart();
    const third = host.start(program);
    host.commit();
    expect('run' in third && third.run.steps[0]?.outputs[0]?.[0]?.json.n).toBe(2);
  });

  it('[SHD23] refuses more than a row holds', async ({ expect }) => {
    const { host } = bench();
    const greedy: Behaviour = {
      outputs: 1,
      run: () => ({ ...out([]), keep: { node: { text: 'x'.repeat(MAX_KEPT_CHARS) } } }),
    };
    const run = await host.run(sketch({ a: greedy }));
    expect(run.final?.err?.code).toBe('kept-too-large');
  });
});
