import type { Json, JsonObject } from './item.ts';

/**
 * The same JSON in plain objects: what was made without a prototype (names that are not ours) is copied into objects
 * that have one, since workerd's RPC and structured clone to Workers refuse the others. Untouched parts are shared.
 */
export function plain(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const made = value.map(plain);
    return made.some((each, at) => each !== value[at]) ? made : value;
  }
  return plainObject(value);
}

export function plainObject(value: JsonObject): JsonObject {
  let changed = Object.getPrototypeOf(value) === null;
  const made = Object.entries(value).map(([name, each]): [string, Json] => {
    const one = plain(each);
    changed ||= one !== each;
    return [name, one];
  });
  // `__proto__` included: fromEntries makes own properties of every name.
  return changed ? Object.fromEntries(made) : value;
}
