import type { Json, JsonObject } from '../../data/item.ts';
import { isPlainObject } from '../../graph/limits.ts';

export function asObject(value: unknown): JsonObject | undefined {
  return isPlainObject(value) ? (value as JsonObject) : undefined;
}

/** Own members only: `own(x, 'constructor')` is what the file says, never what JavaScript adds. */
export function own(object: JsonObject | undefined, key: string): Json | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

export function ownObject(object: JsonObject | undefined, key: string): JsonObject | undefined {
  return asObject(own(object, key));
}

/** The objects of a list; anything else in it, and anything but a list, is nothing. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is JsonObject => asObject(entry) !== undefined);
}

/** Defines rather than assigns, so that a key `__proto__` becomes a member. */
export function put(object: JsonObject, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A number, or text that is one: old and hand-made files quote them. */
export function numeric(value: Json | undefined): number | undefined {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Deep equality of JSON, where member order does not count. Depth is capped before anything gets here. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((entry, index) => sameJson(entry, b[index]));
  }
  if (Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}
