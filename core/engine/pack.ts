import type { Item, JsonObject, Outputs } from '../data/item.ts';
import type { Inputs } from './step.ts';

/**
 * One output in a journal. Most items either pass through unchanged or come one for one from the input, so:
 * `at`: those items of input 0, by position (`all`: every one, in order); `j`: new JSON, with `p` the paired items
 * (`i`: the item's own position; a number: that one for all; absent: none). Anything else is stored as it is.
 */
type PackedItems = Item[] | { at: number[] | 'all' } | { j: JsonObject[]; p?: 'i' | number | number[] };
export type PackedOutputs = readonly (PackedItems | readonly Item[] | null)[];

/** Makes outputs small for the journal. Values are shared, never copied. */
export function packOutputs(outputs: Outputs, inputs: Inputs): PackedOutputs {
  const input = inputs[0] ?? [];
  return outputs.map(
    (items) => items && (items.length === 0 ? items : (passed(items, input) ?? fresh(items) ?? items)),
  );
}

/** The inverse, given the same inputs. */
export function unpackOutputs(outputs: PackedOutputs, inputs: Inputs): Outputs {
  const input = inputs[0] ?? [];
  return outputs.map((items) => {
    if (items === null || Array.isArray(items)) return items as readonly Item[] | null;
    const packed = items as Exclude<PackedItems, Item[]>;
    if ('at' in packed) return packed.at === 'all' ? input : packed.at.map((index) => input[index] ?? { json: {} });
    const { j, p } = packed;
    if (p === undefined) return j.map((json) => ({ json }));
    return j.map((json, index) => ({
      json,
      pairedItem: p === 'i' ? index : typeof p === 'number' ? p : (p[index] ?? 0),
    }));
  });
}

function passed(items: readonly Item[], input: readonly Item[]): PackedItems | undefined {
  const at: number[] = [];
  let inOrder = items.length === input.length;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Item;
    const from = item.pairedItem;
    const source = typeof from === 'number' ? input[from] : undefined;
    if (!source || source.json !== item.json || source.binary !== item.binary || item.error) return undefined;
    if (from !== index) inOrder = false;
    at.push(from as number);
  }
  return { at: inOrder ? 'all' : at };
}

function fresh(items: readonly Item[]): PackedItems | undefined {
  const j: JsonObject[] = [];
  const first = items[0]?.pairedItem;
  let own = true;
  let same = true;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Item;
    const { pairedItem } = item;
    if (item.binary || item.error || typeof pairedItem !== typeof first || typeof pairedItem === 'object') {
      return undefined;
    }
    if (pairedItem !== index) own = false;
    if (pairedItem !== first) same = false;
    j.push(item.json);
  }
  if (first === undefined) return { j };
  if (own) return { j, p: 'i' };
  return { j, p: same ? (first as number) : items.map((item) => item.pairedItem as number) };
}
