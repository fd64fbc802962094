import type { Json, JsonObject } from '../data/item.ts';

/** Names from any shape files use for a list of fields: `"a, b"`, `["a"]`, `{fields:[{fieldName:"a"}]}`. */
export function fieldList(raw: Json | undefined): string[] {
  if (typeof raw === 'string') return raw.split(',').map(trim).filter(Boolean);
  if (Array.isArray(raw)) return raw.map((name) => trim(typeof name === 'object' ? '' : String(name))).filter(Boolean);
  const fields = isObject(raw) ? raw.fields : undefined;
  if (!Array.isArray(fields)) return [];
  return fields.map((entry) => (isObject(entry) ? trim(String(entry.fieldName ?? '')) : '')).filter(Boolean);
}

const trim = (text: string): string => text.trim();

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of objects in the document; anything else reads as empty. */
export const objectsOf = (raw: Json | undefined): JsonObject[] => (Array.isArray(raw) ? raw.filter(isObject) : []);

/** An object in the document; anything else reads as empty. */
export const objectOf = (raw: Json | undefined): JsonObject => (isObject(raw) ? raw : {});
