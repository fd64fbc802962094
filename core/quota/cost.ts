import type { RunEvent } from '../engine/events.ts';
import type { Run } from '../engine/run.ts';
import { countsOf } from './measure.ts';
import { addCounts, type Counts } from './meters.ts';

export interface RunCost {
  run: string;
  workflow: string;
  counts: Counts;
  /** By node name, in the order they first ran. `ms`: how long its steps took, waits of effects included. */
  nodes: { node: string; ms: number; counts: Counts }[];
}

/** What a run used, from its journal: the same sums that its tenant's usage is made of. */
export function costOf(run: Run, events: readonly RunEvent[]): RunCost {
  const cost: RunCost = { run: run.id, workflow: run.start.workflow, counts: {}, nodes: [] };
  const byNode = new Map<string, RunCost['nodes'][number]>();
  const { nodes, byId } = run.program.graph;
  for (const event of events) {
    const counts = countsOf(run, event);
    if (!counts) continue;
    addCounts(cost.counts, counts);
    if (!('n' in event)) continue;
    const node = nodes[byId.get(event.n) ?? -1]?.def.name ?? event.n;
    let known = byNode.get(event.n);
    if (!known) {
      known = { node, ms: 0, counts: {} };
      byNode.set(event.n, known);
      cost.nodes.push(known);
    }
    addCounts(known.counts, counts);
    if (event.t === 'step') known.ms += event.ms;
  }
  return cost;
}
