import type { Item, JsonObject } from './item.ts';

/**
 * JSON text of large values that arrived as text: a webhook's body is journaled and handed to code as it came instead
 * of being written again each time. A memo only: forgetting an entry changes nothing. Values are immutable, as items are.
 */
const texts = new WeakMap<object, string>();

/** Below this writing JSON again costs less than looking. */
export const MIN_REMEMBERED_CHARS = 4_096;

/** `text` must parse to exactly `value`. Texts are put into frames line by line, so line breaks become other space. */
export function rememberJsonText(value: JsonObject, text: string): void {
  // In JSON a line break is always between tokens: within a string it would be escaped.
  if (text.length >= MIN_REMEMBERED_CHARS) texts.set(value, text.replaceAll('\n', ' '));
}

/** The text that is remembered for a value. */
export const rememberedText = (value: object): string | undefined => texts.get(value);

/** `JSON.stringify(items)`, faster where text is remembered. */
export function itemsText(items: readonly Item[]): string {
  if (items.length > 1 || !items[0] || !texts.has(items[0].json)) return JSON.stringify(items);
  const { json, ...rest } = items[0];
  const others = JSON.stringify(rest);
  return `[{"json":${texts.get(json) ?? ''}${others === '{}' ? '}' : `,${others.slice(1)}`}]`;
}
