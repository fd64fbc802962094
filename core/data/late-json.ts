import type { Json, JsonObject } from './item.ts';

/**
 * Gives `target` the member `key` with the value of the JSON `text`, parsed when it is first read: much data only passes
 * through, and is written as the text it came as. To whoever reads, copies or sets it, a member like any other.
 */
export function putLate(target: JsonObject, key: string, text: string): void {
  let parsed: Json | undefined;
  const settle = (value: Json): boolean =>
    Reflect.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  Object.defineProperty(target, key, {
    enumerable: true,
    configurable: true,
    get: () => {
      parsed ??= JSON.parse(text) as Json;
      // of a frozen object it stays a getter
      settle(parsed);
      return parsed;
    },
    set: (value: Json) => {
      if (!settle(value)) throw new TypeError(`'${key}' of a frozen object cannot be set`);
    },
  });
}
