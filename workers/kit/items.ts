import type { BinaryRef, Item, Json, JsonObject } from '../../core/data/item.ts';

/** Inline files a caller may send with an item, as base64 characters. Larger ones go through a webhook. */
const MAX_INLINE_CHARS = 100_000;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ITEM_KEYS = new Set(['json', 'binary', 'pairedItem', 'error']);

/** True for `{json, binary?, …}` and nothing else: `{json: 1}` or `{json: {}, x: 1}` is plain data. */
const isItem = (value: JsonObject): boolean =>
  Object.hasOwn(value, 'json') && isObject(value['json']) && Object.keys(value).every((key) => ITEM_KEYS.has(key));

/**
 * Any JSON as items: a list is one item each, plain objects are wrapped, other values go to `{value}`.
 * Throws an Error whose message names the item when a file is not inline: references are server-minted only.
 */
export function itemsFrom(input: unknown): Item[] {
  return (Array.isArray(input) ? input : [input]).map((value: unknown, index) => itemFrom(value as Json, index));
}

function itemFrom(value: Json, index: number): Item {
  if (!isObject(value)) return { json: { value } };
  if (!isItem(value)) return { json: value };
  const json = value['json'] as JsonObject;
  const files = value['binary'];
  if (files === undefined) return { json };
  if (!isObject(files)) throw new Error(`Item ${index}: binary must be an object of files`);
  const binary = Object.entries(files).map(([name, file]) => [name, inlineFile(file, index)] as const);
  return { json, binary: Object.fromEntries(binary) };
}

function inlineFile(file: Json, index: number): BinaryRef {
  const { mimeType, data, fileName } = isObject(file) ? file : {};
  if (typeof mimeType !== 'string' || typeof data !== 'string' || data.length > MAX_INLINE_CHARS) {
    throw new Error(
      `Item ${index}: a file needs mimeType and at most ${MAX_INLINE_CHARS} characters of base64 in data`,
    );
  }
  return { mimeType, data, ...(typeof fileName === 'string' ? { fileName } : {}) };
}
