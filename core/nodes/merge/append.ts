import type { Item } from '../../data/item.ts';

/** Everything, in the order of the inputs. */
export const append = (inputs: readonly (readonly Item[])[]): Item[] =>
  inputs.flatMap((items, input) => items.map((item, index) => pick(item, index, input)));

/** The same data, paired to item `index` of input `input`. */
export function pick(item: Item, index: number, input: number): Item {
  const picked: Item = { json: item.json, pairedItem: { item: index, input } };
  if (item.binary) picked.binary = item.binary;
  return picked;
}
