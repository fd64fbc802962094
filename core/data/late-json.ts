import type { Json, JsonObject } from './item.ts';

/**
 * Gives `target` the member `key` with the value of the JSON `text`, parsed when it is first read: much data only passes
 * through, and is written as the text it came as. To whoever reads, copies or sets it, a member like any other.
 */
export function putLate(target: JsonObject, key: string, text: string): void {
  const settle = (value: Json): Json => {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
    return value;
  };
  Object.defineProperty(target, key, {
    enumerable: true,
    configurable: true,
    get: () => settle(JSON.parse(text) as Json),
    set: settle,
  });
}
