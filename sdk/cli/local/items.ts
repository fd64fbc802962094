import type { Item, Json, JsonObject } from '../../../core/data/item.ts';

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isItem = (value: JsonObject): boolean =>
  isObject(value['json']) && Object.keys(value).every((key) => ['json', 'binary', 'pairedItem', 'error'].includes(key));

/** Any JSON as items: a list is one item each, an item stays as it is, plain values come under `value`. */
export function itemsFrom(input: Json): Item[] {
  const list = Array.isArray(input) ? input : [input];
  return list.map((each): Item => {
    if (!isObject(each)) return { json: { value: each } };
    // SAFETY: the shape was just looked at; files inside are the author's own.
    return isItem(each) ? (each as unknown as Item) : { json: each };
  });
}
