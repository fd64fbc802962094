import { itemsOf, type ShownItem } from '../../data/items.ts';
import type { RunView, Step } from './status.ts';

interface StepInput {
  /** Name of the node whose output came in; undefined: what the run was started with. */
  from: string | undefined;
  output: number;
  items: ShownItem[];
}

/** What came into a step, by input; inputs that never fired are left out. */
export function inputsOf(run: RunView, step: Step): StepInput[] {
  if (step.sources.every((source) => source === null)) {
    // SAFETY: what the API gives are items
    const items = (run.data['items'] ?? []) as ShownItem[];
    return items.length === 0 ? [] : [{ from: undefined, output: 0, items }];
  }
  return step.sources.flatMap((source) => {
    const before = source && run.nodes.find(({ index }) => index === source.step);
    return before ? [{ from: before.nodeName, output: source.output, items: itemsOf(before, source.output) }] : [];
  });
}
