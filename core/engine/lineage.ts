import type { Item, PairedItem } from '../data/item.ts';
import type { Run } from './run.ts';
import type { Source, Step } from './step.ts';

/**
 * The item of `target` that input item `index` of `step` descends from. Follows paired items back through the
 * sources; several links must lead to the same item. Iterative along single links: loops make long chains.
 */
export function ancestorItem(run: Run, step: Step, index: number, target: number): Item | undefined {
  return follow(run, step.sources[0] ?? undefined, index, target);
}

function follow(run: Run, from: Source | undefined, position: number, target: number): Item | undefined {
  let source = from;
  let index = position;
  for (;;) {
    if (!source) return undefined;
    const step = run.steps[source.step];
    const item = step?.outputs[source.output]?.[index];
    if (!step || !item) return undefined;
    if (step.node === target) return item;
    const link = item.pairedItem;
    if (link === undefined) return undefined;
    if (Array.isArray(link)) return converge(run, step, link, target);
    const next = hop(run, step, link);
    source = next.source;
    index = next.index;
  }
}

function hop(run: Run, step: Step, link: number | PairedItem): { source: Source | undefined; index: number } {
  if (typeof link === 'number') return { source: step.sources[0] ?? undefined, index: link };
  const earlier = link.run === undefined ? undefined : run.steps[run.byNode[step.node]?.[link.run] ?? -1];
  return { source: (earlier ?? step).sources[link.input ?? 0] ?? undefined, index: link.item };
}

function converge(run: Run, step: Step, links: readonly PairedItem[], target: number): Item | undefined {
  let found: Item | undefined;
  for (const link of links) {
    const { source, index } = hop(run, step, link);
    const item = follow(run, source, index, target);
    // a link that does not lead to the target says nothing about it
    if (!item) continue;
    if (found && found !== item) return undefined;
    found = item;
  }
  return found;
}
