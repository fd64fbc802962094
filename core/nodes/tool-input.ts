import type { Item, Json } from '../data/item.ts';

/** Why tools are reported as changed: what would call them is not here. */
export const TOOL_DIFFERS = 'No agent calls it yet; between other nodes it runs, with the item as its input.';

/** Names under which agents hand a tool its one text. */
const NAMES = ['query', 'input', 'chatInput', 'expression', 'thought'];

/** What a tool is asked: a text under one of the usual names, else all of the item. */
export function toolInput({ json }: Item): Json {
  for (const name of NAMES) {
    if (Object.hasOwn(json, name)) return json[name] as Json;
  }
  return json;
}
