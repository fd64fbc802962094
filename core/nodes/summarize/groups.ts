import { canonical } from '../../data/canonical.ts';
import type { Item, Json, JsonObject } from '../../data/item.ts';

/** Items with the same values so far; inner groups keep the order in which their values first came. */
export interface Group {
  value: Json;
  indexes: number[];
  items: Item[];
  inner: Map<string, Group>;
}

const empty = (value: Json): Group => ({ value, indexes: [], items: [], inner: new Map() });

/** A tree with one level per reader; the items are at its leaves. */
export function groupItems(
  items: readonly Item[],
  how: { readers: readonly ((json: JsonObject) => Json | undefined)[]; skipsEmpty: boolean },
): Group {
  const root = empty(null);
  items.forEach((item, index) => {
    const values = how.readers.map((read) => read(item.json) ?? null);
    if (how.skipsEmpty && values.some((value) => value === null || value === '')) return;
    let group = root;
    for (const value of values) {
      const key = canonical(value);
      let next = group.inner.get(key);
      if (!next) group.inner.set(key, (next = empty(value)));
      group = next;
    }
    group.items.push(item);
    group.indexes.push(index);
  });
  return root;
}
