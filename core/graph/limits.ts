import { type Problem, pointer } from './problem.ts';

export interface JsonLimits {
  /** Containers around the deepest value: `1` is 0 deep, `{}` 1, `{"a":[]}` 2. */
  maxDepth: number;
  /** Object members and array elements, all levels together. */
  maxKeys: number;
  /** UTF-16 units of one string; keys count too. */
  maxStringLength: number;
}

export const MAX_NODES = 20_000;
export const MAX_EDGES = 100_000;
export const MAX_NOTES = 10_000;
export const MAX_GROUPS = 10_000;
export const MAX_GROUP_DESCRIPTION = 1_000;
export const MAX_PINNED_ITEMS = 100_000;
/** UTF-8 bytes: names are keys of maps, of journals and of exports. */
export const MAX_NAME_BYTES = 1_024;
/** Wiring allocates one list per port, so a port number is memory; real switches stay below 100. */
export const MAX_PORT_INDEX = 255;

/** Parameters, credentials and other open JSON of one node. */
export const PARAMETER_LIMITS: JsonLimits = { maxDepth: 64, maxKeys: 200_000, maxStringLength: 8_000_000 };
/** What importers keep sits deeper than what they read. */
export const FOREIGN_LIMITS: JsonLimits = { maxDepth: 160, maxKeys: 1_000_000, maxStringLength: 8_000_000 };

interface Frame {
  value: Readonly<Record<string, unknown>> | readonly unknown[];
  /** Null for an array. */
  keys: readonly string[] | null;
  next: number;
}

/**
 * The first breach of `limits`, or anything that is not JSON (NaN, functions, class instances, cycles), else undefined.
 * Walks with its own stack, so that no depth can overflow ours. `path` is the pointer of `value` itself.
 */
export function checkJsonLimits(value: unknown, limits: JsonLimits, path = ''): Problem | undefined {
  const frames: Frame[] = [];
  let keyCount = 0;
  const fail = (code: string, message: string): Problem => ({
    path: frames.reduce((base, frame) => pointer(base, currentKey(frame)), path),
    code,
    message,
    severity: 'error',
  });

  const visit = (entry: unknown): Problem | undefined => {
    switch (typeof entry) {
      case 'string':
        return entry.length <= limits.maxStringLength
          ? undefined
          : fail('string-too-long', `Text of ${entry.length} characters; at most ${limits.maxStringLength}.`);
      case 'number':
        return Number.isFinite(entry) ? undefined : fail('not-json', `${entry} cannot be written as JSON.`);
      case 'boolean':
        return undefined;
      case 'undefined':
        // Absent in an object; in a list it would silently become null.
        return frames.at(-1)?.keys ? undefined : fail('not-json', 'A list has a hole.');
      case 'object':
        break;
      default:
        return fail('not-json', `A ${typeof entry} cannot be written as JSON.`);
    }
    if (entry === null) return undefined;
    if (frames.length >= limits.maxDepth) return fail('too-deep', `Nested deeper than ${limits.maxDepth} levels.`);
    if (!Array.isArray(entry) && !isPlainObject(entry)) return fail('not-json', 'An object of a class is not JSON.');
    const keys = Array.isArray(entry) ? null : Object.keys(entry);
    keyCount += Array.isArray(entry) ? entry.length : (keys?.length ?? 0);
    if (keyCount > limits.maxKeys) return fail('too-many-keys', `More than ${limits.maxKeys} members and elements.`);
    frames.push({ value: entry as Frame['value'], keys, next: 0 });
    return undefined;
  };

  const first = visit(value);
  if (first) return first;
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const index = frame.next++;
    if (index >= (frame.keys ?? (frame.value as readonly unknown[])).length) {
      frames.pop();
      continue;
    }
    const key = frame.keys?.[index];
    if (key !== undefined && key.length > limits.maxStringLength) {
      return fail('string-too-long', `A key of ${key.length} characters; at most ${limits.maxStringLength}.`);
    }
    const entry = key === undefined ? (frame.value as readonly unknown[])[index] : Reflect.get(frame.value, key);
    const found = visit(entry);
    if (found) return found;
  }
  return undefined;
}

/** `next` already points past the entry being looked at. */
function currentKey(frame: Frame): string | number {
  return frame.keys ? (frame.keys[frame.next - 1] ?? '') : frame.next - 1;
}

/** JSON.parse and literals make these; cross-realm ones count, class instances do not. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
