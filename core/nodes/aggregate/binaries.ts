import { canonical } from '../../data/canonical.ts';
import type { BinaryRef, Item, Json } from '../../data/item.ts';

/** Files of all items in one item; a name that is taken gets a number. */
export function collectBinaries(items: readonly Item[], uniqueOnly: boolean): Record<string, BinaryRef> {
  const made = new Map<string, BinaryRef>();
  const seen = new Set<string>();
  for (const { binary } of items) {
    for (const [name, file] of Object.entries(binary ?? {})) {
      const key = canonical({ ...file } as Record<string, Json>);
      if (uniqueOnly && seen.has(key)) continue;
      seen.add(key);
      let free = name;
      for (let number = 1; made.has(free); number++) free = `${name}_${number}`;
      made.set(free, file);
    }
  }
  // Plain, whatever its names: RPC refuses an object without a prototype.
  return Object.fromEntries(made);
}
