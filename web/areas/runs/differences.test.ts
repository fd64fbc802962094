import { describe, it } from 'vitest';
import { differencesOf, isDifferent } from './differences.ts';
import type { RunView, Step } from './status.ts';

const step = (node: string, more: Partial<Step> = {}): Step => ({
  index: 0,
  node,
  nodeName: node.toUpperCase(),
  type: 'set',
  runIndex: 0,
  status: 'success',
  sources: [],
  startedAt: 0,
  durationMs: 10,
  attempts: 1,
  outputs: [[{ json: { a: 1, b: 2 } }]],
  ...more,
});
const run = (...nodes: Step[]): RunView => ({
  id: 'run_0_0_0',
  workflow: 'wf',
  version: '1',
  status: 'success',
  mode: 'manual',
  trigger: 'manual',
  startedAt: 0,
  steps: nodes.length,
  data: {},
  nodes,
});
const only = (a: Step, b: Step) => differencesOf(run(a), run(b))[0];

describe('comparing two runs', () => {
  it('finds nothing where only the order of keys, pairing and a few milliseconds differ', ({ expect }) => {
    const pairs = differencesOf(
      run(step('a')),
      run(step('a', { durationMs: 40, outputs: [[{ json: { b: 2, a: 1 }, pairedItem: { item: 3 } }]] })),
    );
    expect(pairs.map(isDifferent)).toEqual([false]);
  });

  it('names the first item that differs, over all outputs, and missing ones', ({ expect }) => {
    const items = (...values: number[]) => values.map((a) => ({ json: { a } }));
    expect(
      only(step('a', { outputs: [items(1), items(2, 3)] }), step('a', { outputs: [items(1), items(2, 4)] })),
    ).toMatchObject({
      otherItem: 2,
      counts: [3, 3],
    });
    expect(only(step('a', { outputs: [items(1, 2)] }), step('a', { outputs: [items(1)] }))).toMatchObject({
      otherItem: 1,
      counts: [2, 1],
    });
    expect(only(step('a'), step('a', { outputs: [[{ json: { a: 1, b: 2 }, binary: { f: {} } }]] }))?.otherItem).toBe(0);
  });

  it('pairs loops by their turn, and lists what only one run did', ({ expect }) => {
    const pairs = differencesOf(run(step('a'), step('l', { runIndex: 0 })), run(step('l', { runIndex: 1 }), step('a')));
    expect(pairs.map(({ name, first, second }) => [name, first !== undefined, second !== undefined])).toEqual([
      ['A', true, true],
      ['L', true, false],
      ['L', false, true],
    ]);
  });

  it('speaks of durations and statuses only when they mean something', ({ expect }) => {
    expect(only(step('a', { durationMs: 100 }), step('a', { durationMs: 450 }))?.ratio).toBe(4.5);
    expect(only(step('a', { durationMs: 100 }), step('a', { durationMs: 120 }))?.ratio).toBeUndefined();
    expect(only(step('a'), step('a', { status: 'error', outputs: [[{ json: { a: 1, b: 2 } }]] }))?.isOtherStatus).toBe(
      true,
    );
  });
});
