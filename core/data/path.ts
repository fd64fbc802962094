import type { Json, JsonObject } from './item.ts';

/** Largest array index a path may create: `a[99999999]` must not allocate a gigabyte. */
export const MAX_CREATED_INDEX = 100_000;

const INDEX = /^(?:0|[1-9]\d*)$/;
const STEP = /\[\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\]"']*))\s*\]|([^.[]+)/g;

/** `a.b[0].c`, `["quoted key"].x` → keys. Text that is no path is one key. */
export function parsePath(text: string): readonly string[] {
  const keys: string[] = [];
  for (const match of text.matchAll(STEP)) {
    const quoted = match[1] ?? match[2];
    keys.push(quoted === undefined ? (match[3] ?? match[4] ?? '') : quoted.replace(/\\(.)/g, '$1'));
  }
  return keys.length > 0 ? keys : [text];
}

/** Where a name points in a given object: a key that exists as written wins over the dotted path. */
export function fieldPath(name: string, dotted = true): (json: JsonObject) => readonly string[] {
  const literal = [name];
  if (!dotted || !/[.[]/.test(name)) return () => literal;
  const path = parsePath(name);
  return (json) => (Object.hasOwn(json, name) ? literal : path);
}

/** Own properties only; undefined when any step is missing. */
export function getPath(from: Json | undefined, path: readonly string[]): Json | undefined {
  let value = from;
  for (const key of path) value = own(value, key);
  return value;
}

function own(value: Json | undefined, key: string): Json | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) return INDEX.test(key) ? value[Number(key)] : undefined;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Sets an own property even when the key is `__proto__`. */
export function putOwn(target: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/**
 * Sets `value` at `path` in `root`, which must be the caller's own fresh object: containers below it are copied,
 * never changed. A missing container becomes an array when the next key is an index. Throws RangeError beyond
 * MAX_CREATED_INDEX.
 */
export function setPath(root: JsonObject, path: readonly string[], value: Json): void {
  let target: JsonObject | Json[] = root;
  for (let i = 0; i < path.length - 1; i++) {
    const key = path[i] as string;
    const child = own(target, key);
    const isContainer = typeof child === 'object' && child !== null;
    const copy: JsonObject | Json[] = isContainer
      ? Array.isArray(child)
        ? child.slice()
        : { ...child }
      : INDEX.test(path[i + 1] as string)
        ? []
        : {};
    assign(target, key, copy);
    target = copy;
  }
  assign(target, path[path.length - 1] as string, value);
}

function assign(target: JsonObject | Json[], key: string, value: Json): void {
  if (!Array.isArray(target)) return putOwn(target, key, value);
  // JSON arrays have no named properties: `list.name` on an array is dropped, as serialising would.
  if (!INDEX.test(key)) return;
  const index = Number(key);
  if (index > Math.max(MAX_CREATED_INDEX, target.length)) {
    throw Object.assign(new RangeError(`The index ${key} is too large.`), { code: 'index-too-large' });
  }
  while (target.length < index) target.push(null);
  target[index] = value;
}

/** Removes what is at `path`; like setPath it copies containers below the caller's own `root`. */
export function deletePath(root: JsonObject, path: readonly string[]): void {
  if (getPath(root, path) === undefined) return;
  const last = path[path.length - 1] as string;
  if (path.length > 1) {
    const above = path.slice(0, -1);
    const parent = getPath(root, above) as JsonObject | Json[];
    if (Array.isArray(parent)) setPath(root, above, parent.with(Number(last), null));
    else setPath(root, above, without(parent, last));
  } else {
    delete root[last];
  }
}

function without(json: JsonObject, key: string): JsonObject {
  const copy = { ...json };
  delete copy[key];
  return copy;
}

/** Reads one field by name; compiled once, called per item. */
export function fieldReader(name: string, dotted = true): (json: JsonObject) => Json | undefined {
  if (!dotted || !/[.[]/.test(name)) return (json) => (Object.hasOwn(json, name) ? json[name] : undefined);
  const path = parsePath(name);
  return (json) => (Object.hasOwn(json, name) ? json[name] : getPath(json, path));
}
