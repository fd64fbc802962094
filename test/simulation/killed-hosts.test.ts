import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';
import { type History, journalsOf } from './history.ts';
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

const node = (
  id: string,
  type: string,
  parameters: JsonObject = {},
  more: Partial<WorkflowNode> = {},
): WorkflowNode => ({
  id,
  name: id,
  type,
  version: 1,
  parameters: { ...parameters, v: 'v1' },
  position: [0, 0],
  ...more,
});

const chain = (...nodes: WorkflowNode[]): Workflow => ({
  schema: 1,
  name: 'w',
  nodes,
  edges: nodes.slice(1).map(({ id }, index) => ({
    from: { node: nodes[index]?.id ?? '', port: 'main', index: 0 },
    to: { node: id, port: 'main', index: 0 },
  })),
  settings: {},
  notes: [],
  pinned: [],
});

const scenario = (docs: Record<string, Workflow>, triggers: string[], more: Partial<Scenario> = {}): Scenario => ({
  seed: 1,
  schedule: 1,
  turns: 40,
  workflows: Object.entries(docs).map(([id, doc]) => ({ id, versions: [doc] })),
  triggers: triggers.map((workflow, turn) => ({ turn, workflow, items: [{ json: { n: turn } }] })),
  faults: [],
  controls: [],
  ...more,
});

/** How each run ended, and what its failed steps say. */
function endings(history: History): Record<string, unknown[]> {
  const ends: Record<string, unknown[]> = {};
  for (const journal of journalsOf(history).values()) {
    const [start] = journal;
    if (start?.event.t !== 'start') continue;
    const failed = journal.flatMap(({ event }) =>
      event.t === 'step' && event.err ? [`${event.n} ${event.err.code}`] : [],
    );
    const end = journal.findLast(({ event }) => event.t === 'end')?.event;
    (ends[start.event.workflow] ??= []).push([end?.t === 'end' ? end.status : 'none', ...failed]);
  }
  return ends;
}

const POISON = { poison: true };
const sound = chain(node('start', 'sim-start'), node('sleep', 'sim-wait', { ms: 5 }), node('map', 'sim-map'));

describe('a step that ends its host', () => {
  it('[SHD25] fails by name after four hosts, and by the step it is, with other runs untouched', ({ expect }) => {
    const bad = chain(
      node('start', 'sim-start'),
      node('sleep', 'sim-wait', { ms: 5 }),
      node('before', 'sim-map'),
      node('bad', 'sim-map', POISON),
      node('after', 'sim-map'),
    );
    for (let schedule = 0; schedule < 20; schedule++) {
      const { history, violations } = simulate(scenario({ bad, sound }, ['bad', 'sound', 'sound'], { schedule }));
      expect(violations).toEqual([]);
      const { bad: given, sound: others = [] } = endings(history);
      expect(given).toEqual([['error', 'bad step-killed-host']]);
      // a trigger that was not acknowledged yet may be lost with a host
      expect(others.every((end) => String(end) === 'success')).toBe(true);
      expect(history.killed.length).toBeLessThanOrEqual(4);
      expect(new Set(history.killed).size).toBe(1);
    }
  });

  it('[SHD25] follows what its node says about errors', ({ expect }) => {
    const bad = chain(
      node('start', 'sim-start'),
      node('sleep', 'sim-wait', { ms: 5 }),
      node('bad', 'sim-map', POISON, { onError: 'continue' }),
      node('after', 'sim-map'),
    );
    const { history, violations } = simulate(scenario({ bad }, ['bad']));
    expect(violations).toEqual([]);
    expect(endings(history)).toEqual({ bad: [['success', 'bad step-killed-host']] });
  });

  it('[SHD25] is found behind an effect that lets the recovery end well first, and does not repeat it', ({
    expect,
  }) => {
    const bad = chain(
      node('start', 'sim-start'),
      node('ask', 'sim-effect', { class: 'keyed' }),
      node('bad', 'sim-map', POISON),
    );
    for (let schedule = 0; schedule < 20; schedule++) {
      const { history, violations } = simulate(scenario({ bad }, ['bad'], { schedule }));
      expect(violations).toEqual([]);
      expect(endings(history)['bad']?.[0]).toContainEqual('bad step-killed-host');
      // once more after the first end, which lost the reply; then the reply is recorded
      expect(history.performed.length).toBeLessThanOrEqual(2);
    }
  });

  it('[SHD25] is found in runs that others begin', ({ expect }) => {
    const parent = chain(node('start', 'sim-start'), node('call', 'sim-call', { workflow: 'child' }));
    const child = chain(node('start', 'execute-workflow-trigger'), node('bad', 'sim-map', POISON));
    const { history, violations } = simulate(
      scenario(
        {
          parent: chain(node('start', 'sim-start'), node('sleep', 'sim-wait', { ms: 5 }), ...parent.nodes.slice(1)),
          child,
        },
        ['parent'],
      ),
    );
    expect(violations).toEqual([]);
    expect(endings(history)).toMatchObject({
      parent: [['error', 'call sub-workflow-failed']],
      child: [['error', 'bad step-killed-host']],
    });
  });

  it('[SHD25] is not what a host that ends for other reasons was at', ({ expect }) => {
    const crashes = Array.from({ length: 30 }, (_, n) => ({ kind: 'crash' as const, turn: 2 + n }));
    const { history, violations } = simulate(scenario({ sound }, ['sound'], { faults: crashes }));
    expect(violations).toEqual([]);
    expect(endings(history)).toEqual({ sound: [['success']] });
  });
});
