import type { Item, JsonObject, Outputs } from '../data/item.ts';
import type { GraphNode } from '../graph/graph.ts';
import type { StepError } from './events.ts';
import type { Step } from './step.ts';

interface Outcome {
  node: GraphNode;
  step: Step;
  out: Outputs | undefined;
  err: StepError | undefined;
  /** Index of the error output, where `onError` says that there is one. */
  errorOutput: number;
}

/** From what a node said to what flows on: error modes, paired items, always-output. Pure and replayable. */
export function settleOutputs({ node, step, out, err, errorOutput }: Outcome): Outputs {
  const mode = node.def.onError ?? 'stop';
  const input = step.inputs[0] ?? [];
  let outputs: (readonly Item[] | null)[];
  if (err) {
    if (mode === 'stop') return [];
    if (mode === 'continue') outputs = [input];
    else outputs = [...emptyOutputs(errorOutput), input.map((item) => withError(item, err))];
  } else {
    outputs = [...(out ?? [])];
    pair(outputs, step);
    if (mode === 'error-output') outputs = divertErrors(outputs, step, errorOutput);
  }
  if (node.def.alwaysOutput && !outputs.some((items) => items && items.length > 0)) {
    outputs[0] = [{ json: {}, pairedItem: input.map((_, item) => ({ item })) }];
  }
  return outputs;
}

const emptyOutputs = (count: number): (readonly Item[])[] => Array.from({ length: count }, () => []);

function withError(item: Item, err: StepError): Item {
  const made: Item = { json: { ...item.json, error: err.message } };
  if (item.binary) made.binary = item.binary;
  if (item.pairedItem !== undefined) made.pairedItem = item.pairedItem;
  return made;
}

/** Nodes that did not say where an item came from: one input item, or the same number in as out, make it plain. */
function pair(outputs: (readonly Item[] | null)[], step: Step): void {
  const input = step.inputs[0];
  if (!input || step.inputs.length > 1) return;
  for (const [index, items] of outputs.entries()) {
    if (!items?.some((item) => item.pairedItem === undefined)) continue;
    const single = input.length === 1;
    const parallel = outputs.length === 1 && items.length === input.length;
    if (!single && !parallel) continue;
    outputs[index] = items.map((item, position) =>
      item.pairedItem === undefined ? { ...item, pairedItem: single ? 0 : position } : item,
    );
  }
}

const isErrorItem = (item: Item): boolean => {
  if (item.error) return true;
  const keys = Object.keys(item.json);
  if (!keys.includes('error')) return false;
  return keys.length === 1 || (keys.length === 2 && keys.includes('message'));
};

/** Items that carry an error leave by the error output, merged over the item they came from. */
function divertErrors(outputs: (readonly Item[] | null)[], step: Step, errorIndex: number): (readonly Item[] | null)[] {
  const input = step.inputs[0] ?? [];
  const errors: Item[] = [];
  const kept = outputs.slice(0, errorIndex).map((items) => {
    if (!items || !items.some(isErrorItem)) return items;
    return items.filter((item) => {
      if (!isErrorItem(item)) return true;
      errors.push(mergeWithInput(item, input));
      return false;
    });
  });
  while (kept.length < errorIndex) kept.push([]);
  return [...kept, errors];
}

function mergeWithInput(item: Item, input: readonly Item[]): Item {
  const link = Array.isArray(item.pairedItem) ? item.pairedItem[0] : item.pairedItem;
  const from = input[typeof link === 'number' ? link : (link?.item ?? -1)];
  const json: JsonObject = { ...from?.json, ...item.json };
  const error = item.error?.message;
  if (error !== undefined && json.error === undefined) json.error = error;
  const made: Item = { json };
  if (item.pairedItem !== undefined) made.pairedItem = item.pairedItem;
  const binary = item.binary ?? from?.binary;
  if (binary) made.binary = binary;
  return made;
}
