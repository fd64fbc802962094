import type { Item, Outputs } from '../data/item.ts';
import { NodeError } from '../node/kit.ts';

/**
 * Characters of JSON one step may give, about. A run lives in an isolate of 128 MB beside all others of its shard, and
 * items share values by reference: a megabyte that each of a thousand items repeats is small until it is written down.
 */
export const MAX_STEP_CHARS = 32 * 1024 * 1024;

/** Levels of lists and objects in what a step gives: everything that writes it down later goes one call a level. */
const MAX_STEP_DEPTH = 1_000;

/** Characters of JSON a workflow, or one node of it, may keep from run to run: one row of the runner's table. */
export const MAX_KEPT_CHARS = 1024 * 1024;

/** Beyond what anything counts: the walk stops. */
class Full extends Error {}

const tooDeep = (): NodeError =>
  new NodeError('output-too-deep', `The node gave data of more than ${MAX_STEP_DEPTH} levels.`, {
    description: 'Flatten it, or keep it as text with JSON.stringify.',
  });

class Counter {
  left: number;
  constructor(limit: number) {
    this.left = limit;
  }

  add(value: unknown, depth = 0): void {
    if (depth > MAX_STEP_DEPTH) throw tooDeep();
    if (typeof value === 'string') this.left -= value.length + 2;
    else if (typeof value !== 'object' || value === null) this.left -= 5;
    else if (Array.isArray(value)) {
      this.left -= value.length + 2;
      for (const inner of value as unknown[]) this.add(inner, depth + 1);
    } else {
      this.left -= 2;
      // Objects of JSON inherit nothing enumerable, and asking each key whether it is own would double the cost.
      for (const key in value) {
        const inner = (value as Record<string, unknown>)[key];
        if (typeof inner === 'number') this.left -= key.length + 9;
        else {
          this.left -= key.length + 4;
          this.add(inner, depth + 1);
        }
      }
    }
    if (this.left < 0) throw new Full();
  }
}

function count(limit: number, visit: (counter: Counter) => void): number | undefined {
  const counter = new Counter(limit);
  try {
    visit(counter);
    return limit - counter.left;
  } catch (error) {
    if (error instanceof Full) return undefined;
    throw error;
  }
}

/** About how many characters of JSON a value takes; undefined when more than `limit`. */
export function sizeWithin(value: unknown, limit: number): number | undefined {
  try {
    return count(limit, (counter) => counter.add(value));
  } catch (error) {
    if (error instanceof NodeError) return undefined;
    throw error;
  }
}

/** Whether a step's outputs stay below `MAX_STEP_CHARS`. Items passed on untouched were counted where they were made. */
export function outputsFit(outputs: Outputs, inputs: readonly (readonly Item[] | null)[]): boolean {
  const size = count(MAX_STEP_CHARS, (counter) => {
    for (const items of outputs) {
      for (let index = 0; index < (items?.length ?? 0); index++) {
        const item = items?.[index];
        if (!item) continue;
        if (item.json !== inputs[0]?.[index]?.json) counter.add(item.json);
        if (item.binary) counter.add(item.binary);
      }
    }
  });
  return size !== undefined;
}
