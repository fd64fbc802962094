import type { Json, JsonObject } from '../../../core/data/item.ts';
import { putOwn } from '../../../core/data/path.ts';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a dotted path, own properties only. */
export function valueAt(parameters: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = parameters;
  for (const key of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The top-level parameter that changes when `value` is put at a dotted path, and what it becomes. */
export function changeAt(
  parameters: JsonObject,
  path: string,
  value: Json | undefined,
): [name: string, value: Json | undefined] {
  const [name = '', ...rest] = path.split('.');
  const before = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return [name, put(before, rest, value)];
}

function put(before: Json | undefined, [key, ...rest]: string[], value: Json | undefined): Json | undefined {
  if (key === undefined) return value;
  const copy: JsonObject = {};
  if (isObject(before)) for (const [name, each] of Object.entries(before)) if (name !== key) putOwn(copy, name, each);
  const old = isObject(before) && Object.hasOwn(before, key) ? before[key] : undefined;
  const next = put(old, rest, value);
  if (next !== undefined) putOwn(copy, key, next);
  return copy;
}
