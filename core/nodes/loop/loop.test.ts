import { describe, it } from 'vitest';
import type { Item, JsonObject } from '../../data/item.ts';
import type { StepResult } from '../../node/kit.ts';
import { itemsOf, runNode } from '../testing.ts';
import { node } from './index.ts';

type Round = Extract<StepResult, { kind: 'output' }>;

/** Runs the loop round after round; `next` gives what comes back for what a round handed out. */
function rounds(
  options: { parameters?: JsonObject; version?: number; next: (batch: Item[]) => Item[]; max: number },
  first: Item[],
): Round[] {
  const made: Round[] = [];
  const earlier: Item[][] = [];
  let context: JsonObject = {};
  let input = first;
  const version = options.version ?? 3;
  while (made.length < options.max) {
    const trial = {
      parameters: options.parameters ?? {},
      version,
      inputs: [input],
      context,
      runIndex: made.length,
      earlier,
    };
    const result = runNode(node, trial);
    if (result.kind !== 'output') throw new Error(result.kind);
    made.push(result);
    earlier.push(input);
    context = result.context ?? {};
    const batch = [...(result.outputs[version >= 3 ? 1 : 0] ?? [])];
    if (batch.length === 0) break;
    input = options.next(batch);
  }
  return made;
}

const numbers = (count: number): Item[] => itemsOf(Array.from({ length: count }, (_, n) => ({ n })));
const doubled = (batch: Item[]): Item[] => batch.map(({ json }) => ({ json: { d: Number(json.n) * 2 } }));
const flat = (items: readonly Item[] | null | undefined): JsonObject[] | undefined => items?.map(({ json }) => json);

describe('loop', () => {
  it('[LOP1] hands out batches, then what came back', ({ expect }) => {
    const made = rounds({ parameters: { batchSize: 2 }, next: doubled, max: 9 }, numbers(5));
    expect(made.map(({ outputs }) => flat(outputs[1]))).toEqual([
      [{ n: 0 }, { n: 1 }],
      [{ n: 2 }, { n: 3 }],
      [{ n: 4 }],
      [],
    ]);
    expect(made.map(({ outputs }) => outputs[0]?.length)).toEqual([0, 0, 0, 5]);
    expect(flat(made[3]?.outputs[0])).toEqual([{ d: 0 }, { d: 2 }, { d: 4 }, { d: 6 }, { d: 8 }]);
  });

  it('[LOP1] version 2 has its outputs the other way round and ten items a batch', ({ expect }) => {
    const made = rounds({ version: 2, next: doubled, max: 9 }, numbers(12));
    expect(made.map(({ outputs }) => outputs.map((items) => items?.length))).toEqual([
      [10, 0],
      [2, 0],
      [0, 12],
    ]);
  });

  it('[LOP2] links go to the runs that took the items in', ({ expect }) => {
    const made = rounds({ next: doubled, max: 9 }, numbers(2));
    expect(made[0]?.outputs[1]?.[0]?.pairedItem).toBe(0);
    expect(made[1]?.outputs[1]?.[0]?.pairedItem).toEqual({ item: 1, run: 0 });
    expect(made[2]?.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0, run: 1 }, 0]);
  });

  it('[LOP3] remembers a few numbers however many items there are', ({ expect }) => {
    const made = rounds({ next: doubled, max: 400 }, numbers(300));
    expect(made).toHaveLength(301);
    for (const { context } of made) expect(JSON.stringify(context).length).toBeLessThan(150);
  });

  it('[LOP4] version 1 ends by not firing', ({ expect }) => {
    const made = rounds({ version: 1, parameters: { batchSize: 3 }, next: doubled, max: 9 }, numbers(3));
    expect(made.map(({ outputs }) => outputs.map((items) => items?.length ?? null))).toEqual([[3], [null]]);
  });

  it('[LOP5] reset starts over with new items', ({ expect }) => {
    const context = { origin: 0, at: 3, done: true };
    const trial = { inputs: [numbers(2)], context, runIndex: 4, earlier: [numbers(3)] };
    const again = runNode(node, { ...trial, parameters: { options: { reset: true } } }) as Round;
    expect(flat(again.outputs[1])).toEqual([{ n: 0 }]);
    expect(again.context?.origin).toBe(4);
    const goesOn = runNode(node, trial) as Round;
    expect(goesOn.outputs[1]).toEqual([]);
  });

  it('[LOP6] tells expressions where it is', ({ expect }) => {
    const made = rounds({ next: doubled, max: 9 }, numbers(2));
    const seen = made.map(({ context }) => [
      context?.currentRunIndex,
      context?.maxRunIndex,
      context?.noItemsLeft,
      context?.done,
    ]);
    expect(seen).toEqual([
      [0, 2, false, false],
      [1, 2, true, false],
      [2, 2, true, true],
    ]);
  });
});
