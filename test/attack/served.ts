import type { Json, JsonObject } from '../../core/data/item.ts';
import type { WorkflowNode } from '../../core/graph/document.ts';
import { chain, manual, workflow, type Wire } from '../served/documents.ts';
import type { RunView, Server, StepView } from '../served/server.ts';

/** Steps of one run: enough to spread the cost of a run, few enough that its view stays readable. */
const BATCH = 120;

export interface Planned {
  node: WorkflowNode;
  /** Called with the node's step, or undefined when the run did not get there. */
  judge(step: StepView | undefined, run: RunView): void;
}

/** Runs nodes beside each other behind one trigger, many a run, each going on when another fails. */
export async function runBatches(
  server: Server,
  name: string,
  plans: readonly Planned[],
  more: { input?: Json; wait?: string; batch?: number } = {},
): Promise<void> {
  const size = more.batch ?? BATCH;
  for (let from = 0; from < plans.length; from += size) {
    const batch = plans.slice(from, from + size);
    const nodes = batch.map(({ node }, index): WorkflowNode => ({
      ...node,
      id: `n${index}`,
      name: `n${index}`,
      onError: 'continue',
    }));
    const wires = nodes.map((node): Wire => ['start', node.id]);
    const id = await server.publish(workflow(`${name} ${from}`, [manual(), ...nodes], wires));
    const run = await server.start(id, { input: more.input ?? {} } as JsonObject, more.wait ?? '60s');
    for (const [index, plan] of batch.entries()) {
      plan.judge(
        run.nodes.findLast((step) => step.node === `n${index}`),
        run,
      );
    }
  }
}

/** As many at a time as the machine has cores. */
const AT_ONCE = 2;

/** One run for each, so that what fails does so with its code. */
export async function runAlone(
  server: Server,
  name: string,
  plans: readonly Planned[],
  input: Json = {},
): Promise<void> {
  const waiting = [...plans];
  const work = async (): Promise<void> => {
    for (let plan = waiting.shift(); plan; plan = waiting.shift()) {
      const id = await server.publish(chain(name, [manual(), { ...plan.node, id: 'n', name: 'n' }]));
      const run = await server.start(id, { input } as JsonObject);
      plan.judge(
        run.nodes.findLast((step) => step.node === 'n'),
        run,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** An error an author can act on: kebab-case and not the name of a bug. */
export const isNamed = (code: string | undefined): boolean =>
  code !== undefined && /^[a-z][a-z0-9-]*$/.test(code) && !['error', 'internal', 'unknown'].includes(code);
