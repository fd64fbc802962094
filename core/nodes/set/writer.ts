import { fieldPath, putOwn, setPath } from '../../data/path.ts';
import type { Json, JsonObject } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import type { Param } from '../../node/kit.ts';

/** Puts fields into a fresh object. */
export interface Writer {
  /** Nothing written depends on the item. */
  constant: boolean;
  into(json: JsonObject, scope: Scope): void;
}

/** Compiles the setter of one field; the name is usually constant and then parsed once. */
export function fieldWriter(name: Param<Json>, dotted: boolean): (json: JsonObject, value: Json, scope: Scope) => void {
  if (!name.constant) {
    return (json, value, scope) => {
      const text = String(name.at(scope) ?? '');
      setPath(json, fieldPath(text, dotted)(json), value);
    };
  }
  // A constant ignores its scope.
  const text = String(name.at(undefined as unknown as Scope) ?? '');
  if (!dotted || !/[.[]/.test(text)) return (json, value) => putOwn(json, text, value);
  const pathOf = fieldPath(text);
  return (json, value) => setPath(json, pathOf(json), value);
}
