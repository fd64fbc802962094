import { it } from 'vitest';
import type { Scenario } from '../../simulation/scenario.ts';
import { simulate } from '../../simulation/simulate.ts';

/** Found by seed 28,091; shrunk. */
const node = { version: 1, parameters: { v: 'v1' } };
const start = { ...node, id: 'start', name: 'start', type: 'sim-start', position: [100, 0] };
const edge = (from: string, to: string): object => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});
const workflow = (nodes: object[], edges: object[]): object => ({
  id: 'main',
  versions: [{ schema: 1, name: 'main', nodes, edges, settings: { maxSteps: 60 }, notes: [], pinned: [] }],
});
const items = [{ json: { n: 3, k: 'b', p: 0 } }];

it('a step that asks again after a loss counts its rounds from the first', ({ expect }) => {
  const asker = { ...node, id: 'n1', name: 'n1', type: 'sim-effect', position: [300, 400] };
  // SAFETY: a scenario as the generator makes it
  const scenario = {
    seed: 28_091,
    schedule: 89_870_584,
    turns: 32,
    workflows: [
      workflow([start, { ...asker, parameters: { class: 'keyed', rounds: 3, v: 'v1' } }], [edge('start', 'n1')]),
    ],
    triggers: [
      { turn: 0, workflow: 'main', items: [...items, { json: { n: 2 } }, { json: { n: 5 } }], pinned: true },
      { turn: 2, workflow: 'main', items, pinned: false },
    ],
    faults: [
      { kind: 'crash', turn: 26 },
      { kind: 'evict', turn: 2 },
    ],
    controls: [],
  } as unknown as Scenario;
  for (let schedule = scenario.schedule; schedule < scenario.schedule + 100; schedule++) {
    expect(simulate({ ...scenario, schedule }).violations).toEqual([]);
  }
});
