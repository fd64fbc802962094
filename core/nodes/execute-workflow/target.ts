import type { Json } from '../../data/item.ts';
import { isObject } from '../field-list.ts';

/** A plain id, or a resource locator `{__rl,mode,value}`; a locator by URL ends in the id. */
export function workflowIdOf(value: Json): string {
  const held = isObject(value) ? value.value : value;
  const text = held === undefined || held === null ? '' : String(held);
  return isObject(value) && value.mode === 'url' ? (/\/workflow\/([^/?#]+)/.exec(text)?.[1] ?? text) : text;
}
