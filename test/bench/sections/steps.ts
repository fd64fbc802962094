import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { median, round } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';

const STEPS = 10_000;
/** Steps over which the time of one step is taken: clocks of a Worker only move between its slices of 250. */
const WINDOW = 2_000;
const RUNS = 5;

const node = (id: string, rest: Pick<WorkflowNode, 'type' | 'version' | 'parameters'>): WorkflowNode => ({
  id,
  name: id,
  position: [0, 0],
  ...rest,
});
const edge = (from: string, index: number, to: string): Workflow['edges'][number] => ({
  from: { node: from, port: 'main', index },
  to: { node: to, port: 'main', index: 0 },
});

/** Two steps an item: the loop hands it out, the second node changes it. */
const LOOP: Workflow = {
  schema: 1,
  name: 'Bench: ten thousand steps',
  nodes: [
    node('start', { type: 'manual', version: 1, parameters: {} }),
    node('loop', { type: 'loop', version: 3, parameters: { batchSize: 1, options: {} } }),
    node('set', {
      type: 'set',
      version: 3.4,
      parameters: {
        assignments: { assignments: [{ id: 'a', name: 'twice', type: 'number', value: '={{ $json.n * 2 }}' }] },
        options: {},
      },
    }),
  ],
  edges: [edge('start', 0, 'loop'), edge('loop', 1, 'set'), edge('set', 0, 'loop')],
  settings: {},
  notes: [],
  pinned: [],
};

/** Milliseconds a step, by least squares over the start times. */
function slope(times: readonly number[]): number {
  const n = times.length;
  const middle = (n - 1) / 2;
  const mean = times.reduce((sum, time) => sum + time, 0) / n;
  let above = 0;
  let below = 0;
  times.forEach((time, index) => {
    above += (index - middle) * (time - mean);
    below += (index - middle) ** 2;
  });
  return above / below;
}

async function run(context: BenchContext) {
  const { client } = await context.product();
  const { id } = await client.call('POST /v1/workflows', { body: LOOP });
  const input = Array.from({ length: STEPS / 2 }, (_, n) => ({ n }));
  const ratios: number[] = [];
  // The first run compiles; it is not counted.
  for (let turn = 0; turn <= RUNS; turn++) {
    const started = await client.call('POST /v1/workflows/{id}/runs', {
      params: { id },
      query: { wait: '2m' },
      body: { input },
    });
    if (!('nodes' in started)) throw new Error('the run was not over within two minutes');
    if (started.status !== 'success') {
      throw new Error(`the run ended as ${started.status}: ${JSON.stringify(started.error)}`);
    }
    const times = started.nodes.map(({ startedAt }) => startedAt);
    if (times.length < STEPS) throw new Error(`the run took ${times.length} steps, not ${STEPS}`);
    const early = slope(times.slice(10, 10 + WINDOW));
    const late = slope(times.slice(STEPS - WINDOW, STEPS));
    context.say(`  ${round(early * 1000, 1)} µs a step at first, ${round(late * 1000, 1)} µs at the end`);
    if (turn > 0) ratios.push(late / early);
  }
  return { results: { stepRatio: round(median(ratios), 3) } };
}

export const section: Section = { name: 'steps', run };
