import type { Json, JsonObject } from '../data/item.ts';
import { putOwn } from '../data/path.ts';

/** As many facts as n8n keeps of an execution, as long. */
const MAX_FACTS = 10;
const MAX_KEY_CHARS = 50;
const MAX_VALUE_CHARS = 512;

const textOf = (value: Json | undefined): string | undefined => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

/**
 * Facts about a run (order number, customer …) by which people find it: short texts under short names. Later ones
 * replace earlier ones of the same name; what is no text, and more than ten, is left out.
 */
export function noted(before: JsonObject, more: JsonObject): JsonObject {
  const made = { ...before };
  // Code may answer with anything.
  if (typeof more !== 'object' || more === null) return made;
  for (const key of Object.keys(more)) {
    const text = textOf(more[key]);
    const name = key.slice(0, MAX_KEY_CHARS);
    if (text === undefined || name === '') continue;
    if (!Object.hasOwn(made, name) && Object.keys(made).length >= MAX_FACTS) continue;
    putOwn(made, name, text.slice(0, MAX_VALUE_CHARS));
  }
  return made;
}
