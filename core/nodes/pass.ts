import type { Item } from '../data/item.ts';

/** The same data, paired to input item `index`: items are immutable, so data is shared and only the link is new. */
export function pass(item: Item, index: number): Item {
  return item.binary === undefined
    ? { json: item.json, pairedItem: index }
    : { json: item.json, binary: item.binary, pairedItem: index };
}
