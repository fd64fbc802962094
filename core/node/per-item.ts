import type { Item } from '../data/item.ts';
import type { StepContext } from './kit.ts';

/** Maps each input item to one or many; a throwing item becomes `{error}` when the node continues on failure. */
export function perItem(step: StepContext, map: (item: Item, index: number) => Item | Item[]): Item[] {
  const out: Item[] = [];
  for (let index = 0; index < step.items.length; index++) {
    const item = step.items[index] as Item;
    try {
      const made = map(item, index);
      if (Array.isArray(made)) out.push(...made);
      else out.push(made);
    } catch (error) {
      if (!step.continueOnFail) throw error;
      const message = error instanceof Error ? error.message : String(error);
      out.push({ json: { error: message }, pairedItem: { item: index } });
    }
  }
  return out;
}
