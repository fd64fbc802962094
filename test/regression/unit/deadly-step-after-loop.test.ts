import { it } from 'vitest';
import type { Scenario } from '../../simulation/scenario.ts';
import { simulate } from '../../simulation/simulate.ts';

const node = (id: string, type: string, parameters: object, position: [number, number]): object => ({
  id,
  name: id,
  type,
  version: 1,
  parameters: { ...parameters, v: 'v1' },
  position,
});
const edge = (from: string, index: number, to: string): object => ({
  from: { node: from, port: 'main', index },
  to: { node: to, port: 'main', index: 0 },
});

/** Found by seed 277,687; shrunk. The host had been further than its journal, so the run was trusted too soon. */
it('[SHD25] a deadly step behind effects that need no record ends no more hosts than another', ({ expect }) => {
  const document = {
    schema: 1,
    name: 'main',
    nodes: [
      node('start', 'sim-start', {}, [200, 400]),
      node('n1b', 'sim-effect', { class: 'pure', rounds: 1 }, [300, 300]),
      node('n1', 'sim-loop', { times: 3 }, [200, 0]),
      node('n6', 'sim-branch', { mod: 3, dull: true, poison: true }, [400, 100]),
    ],
    edges: [edge('start', 0, 'n1'), edge('n1', 1, 'n1b'), edge('n1b', 0, 'n1'), edge('n1', 0, 'n6')],
    settings: { maxSteps: 60, debounce: { delayMs: 10, maxDelayMs: 1_500 } },
    notes: [],
    pinned: [],
  };
  const trigger = (turn: number, n: number): object => ({
    turn,
    workflow: 'main',
    items: [{ json: { n, k: 'a', p: 0 } }],
  });
  // SAFETY: a scenario as the generator makes it
  const scenario = {
    seed: 277_687,
    schedule: 1_099_254_787,
    turns: 26,
    workflows: [{ id: 'main', versions: [document] }],
    triggers: [{ ...trigger(3, 1), pinned: true }, trigger(1, 5), trigger(2, 3)],
    faults: [],
    controls: [],
  } as unknown as Scenario;
  for (let schedule = scenario.schedule; schedule < scenario.schedule + 100; schedule++) {
    expect(simulate({ ...scenario, schedule }).violations).toEqual([]);
  }
});
