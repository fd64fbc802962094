import type { Json, JsonObject } from './item.ts';

/**
 * JSON that the platform's RPC can carry: the same value when every object in it has the ordinary prototype, else a
 * copy in which they have. Objects without one hold hostile names safely, and are refused on the way to another Worker.
 */
export function carriable<T extends Json>(value: T): T {
  return carry(value) as T;
}

function carry(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return carryList(value);
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  let copy: JsonObject | undefined = isPlain ? undefined : {};
  for (const key of Object.keys(value)) {
    const before = value[key] as Json;
    const after = carry(before);
    if (!copy && after === before) continue;
    // What was passed over so far comes along, in its place.
    copy ??= Object.fromEntries(Object.entries(value)) as JsonObject;
    put(copy, key, after);
  }
  return copy ?? value;
}

function carryList(list: Json[]): Json[] {
  let copy: Json[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const before = list[index] as Json;
    const after = carry(before);
    if (after === before) continue;
    copy ??= [...list];
    copy[index] = after;
  }
  return copy ?? list;
}

/** `__proto__` as a key like any other. */
function put(target: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}
