import type { Item, PairedItem } from '../../../core/data/item.ts';
import type { RunView, Scope } from '../../../core/expression/index.ts';
import type { Sample, SampleStep } from './sample.ts';

const NO_ITEMS: readonly Item[] = [];
/** An expression that takes more than this would be slow for every item of a run, too. */
const PREVIEW_FUEL = 2_000_000;

/** What an expression of the sample's node sees for one item: as a run would show it. */
export function scopeOf(sample: Sample, itemIndex: number, nowMs: number): Scope {
  return {
    items: sample.inputs[0]?.items ?? NO_ITEMS,
    itemIndex,
    runIndex: 0,
    node: sample.node,
    workflow: sample.workflow,
    execution: sample.execution,
    vars: sample.vars,
    nowMs,
    zone: sample.zone,
    random: () => 0.5,
    run: runOf(sample),
    budget: { fuel: PREVIEW_FUEL },
  };
}

function runOf(sample: Sample): RunView {
  const { nodes, steps, inputs } = sample;
  return {
    has: (name) => nodes.some((node) => node.name === name),
    parameters: (name) => nodes.find((node) => node.name === name)?.parameters,
    runs: (name) => steps.filter((step) => step.node === name),
    paired: (name, index) => ancestor(sample, name, index),
    previous() {
      const [input] = inputs;
      return input && { name: input.from, outputIndex: input.output, runIndex: steps[input.step]?.runIndex ?? 0 };
    },
    context: () => ({}),
  };
}

type Place = { step: SampleStep; item: Item | undefined } | undefined;

/** Follows paired items back to the node of that name; undefined where the trail ends or parts. */
function ancestor({ steps, inputs }: Sample, name: string, itemIndex: number): Item | undefined {
  const [input] = inputs;
  if (!input) return undefined;
  const at = (source: { step: number; output: number } | null | undefined, index: number): Place => {
    const step = source ? steps[source.step] : undefined;
    return step && { step, item: step.outputs[source?.output ?? 0]?.[index] };
  };
  const follow = (place: Place, depth: number): Item | undefined => {
    if (!place?.item || depth > steps.length) return undefined;
    if (place.step.node === name) return place.item;
    const { pairedItem } = place.item;
    if (pairedItem === undefined) return undefined;
    const links = [pairedItem].flat().map((link): PairedItem => (typeof link === 'number' ? { item: link } : link));
    const found = new Set(links.map((link) => follow(at(place.step.sources[link.input ?? 0], link.item), depth + 1)));
    found.delete(undefined);
    return found.size === 1 ? [...found][0] : undefined;
  };
  return follow(at(input, itemIndex), 0);
}
