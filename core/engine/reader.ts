import type { Item, JsonObject } from '../data/item.ts';
import type { NodeRunView, RunView } from '../expression/scope.ts';
import { ancestorItem } from './lineage.ts';
import type { Run } from './run.ts';
import type { Step } from './step.ts';

const NO_CONTEXT: JsonObject = {};

/** What expressions of one step may see of its run. */
export class RunReader implements RunView {
  private readonly run: Run;
  private readonly step: Step;

  constructor(run: Run, step: Step) {
    this.run = run;
    this.step = step;
  }

  has(name: string): boolean {
    return this.run.program.graph.byName.has(name);
  }

  parameters(name: string): JsonObject | undefined {
    return this.run.program.graph.nodes[this.node(name)]?.def.parameters;
  }

  runs(name: string): readonly NodeRunView[] {
    const indexes = this.run.byNode[this.node(name)] ?? [];
    const finished: NodeRunView[] = [];
    for (const index of indexes) {
      const step = this.run.steps[index];
      if (step?.state.kind === 'done') finished.push(step);
    }
    return finished;
  }

  paired(name: string, itemIndex: number): Item | undefined {
    return ancestorItem(this.run, this.step, itemIndex, this.node(name));
  }

  previous(): { name: string; outputIndex: number; runIndex: number } | undefined {
    const source = this.step.sources[0];
    const step = source && this.run.steps[source.step];
    const node = step && this.run.program.graph.nodes[step.node];
    return source && step && node
      ? { name: node.def.name, outputIndex: source.output, runIndex: step.runIndex }
      : undefined;
  }

  context(name: string): JsonObject {
    return this.run.contexts.get(this.node(name)) ?? NO_CONTEXT;
  }

  private node(name: string): number {
    return this.run.program.graph.byName.get(name) ?? -1;
  }
}
