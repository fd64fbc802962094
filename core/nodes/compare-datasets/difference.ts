import type { Json, JsonObject } from '../../data/item.ts';
import { deletePath, getPath, parsePath, putOwn, setPath } from '../../data/path.ts';

export interface CompareOptions {
  /** Equal texts mean equal values. */
  textOf: (value: Json | undefined) => string;
  /** Names or paths of fields whose differences do not count. */
  skip: readonly string[];
  dotted: boolean;
  /** What the two inputs are called in a result. */
  labels: readonly [first: string, second: string];
}

/** What two items have in common and what not. */
export interface Difference {
  same: JsonObject;
  different: JsonObject;
  skipped: JsonObject;
}

const own = (json: JsonObject, key: string): Json | undefined => (Object.hasOwn(json, key) ? json[key] : undefined);

/** Compares field by field; undefined when nothing differs that counts. */
export function differenceOf(first: JsonObject, second: JsonObject, options: CompareOptions): Difference | undefined {
  const { textOf } = options;
  const found: Difference = { same: {}, different: {}, skipped: {} };
  let counts = false;
  for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
    const [a, b] = [own(first, key), own(second, key)];
    if (textOf(a) === textOf(b)) {
      putOwn(found.same, key, a ?? null);
      continue;
    }
    if (options.skip.includes(key)) {
      putOwn(found.skipped, key, sides(a, b, options));
      continue;
    }
    const paths = options.dotted ? pathsBelow(options.skip, key) : [];
    const [leftA, leftB] = [without(a, paths), without(b, paths)];
    if (textOf(leftA) !== textOf(leftB)) counts = true;
    putOwn(found.different, key, sides(leftA, leftB, options));
    if (paths.length > 0) putOwn(found.skipped, key, sides(only(a, paths), only(b, paths), options));
  }
  return counts ? found : undefined;
}

const sides = (a: Json | undefined, b: Json | undefined, { labels }: CompareOptions): JsonObject => ({
  [labels[0]]: a ?? null,
  [labels[1]]: b ?? null,
});

/** Rests of the skipped paths that lead into a field. */
const pathsBelow = (skip: readonly string[], key: string): (readonly string[])[] =>
  skip.map(parsePath).flatMap((path) => (path.length > 1 && path[0] === key ? [path.slice(1)] : []));

function without(value: Json | undefined, paths: readonly (readonly string[])[]): Json | undefined {
  if (paths.length === 0 || value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const copy = { ...value };
  for (const path of paths) deletePath(copy, path);
  return copy;
}

function only(value: Json | undefined, paths: readonly (readonly string[])[]): JsonObject {
  const made: JsonObject = {};
  for (const path of paths) {
    const found = getPath(value, path);
    if (found !== undefined) setPath(made, path, found);
  }
  return made;
}
