import type { Json, JsonObject } from '../data/item.ts';
import { COMMON, placeOf } from './attribute.ts';
import type { Place, ResourceType } from './attribute.ts';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Projection {
  /** Only these, and what is always returned. */
  attributes?: readonly string[];
  /** All but these. */
  excluded?: readonly string[];
}

/** The parts of a resource that were asked for (RFC 7644 section 3.9). Names nobody knows choose nothing. */
export function project(type: ResourceType, resource: JsonObject, { attributes, excluded }: Projection): JsonObject {
  const always = new Set(
    [...COMMON, ...type.schema.attributes].filter((each) => each.returned === 'always').map((each) => each.name),
  );
  if (attributes !== undefined) {
    const kept: JsonObject = resource['schemas'] === undefined ? {} : { schemas: resource['schemas'] };
    for (const name of always) if (Object.hasOwn(resource, name)) kept[name] = resource[name] ?? null;
    for (const place of placesOf(type, attributes)) copy(resource, kept, place);
    return kept;
  }
  const rest = structuredClone(resource);
  for (const { extension, attribute, sub } of placesOf(type, excluded ?? [])) {
    const holder = extension === undefined ? rest : rest[extension];
    if (!isObject(holder) || always.has(attribute.name)) continue;
    if (!sub) delete holder[attribute.name];
    else for (const each of [holder[attribute.name]].flat()) if (isObject(each)) delete each[sub.name];
  }
  return rest;
}

const placesOf = (type: ResourceType, names: readonly string[]): Place[] =>
  names.flatMap((name) => placeOf(type, name.trim()) ?? []);

function copy(from: JsonObject, to: JsonObject, { extension, attribute, sub }: Place): void {
  const source = extension === undefined ? from : from[extension];
  if (!isObject(source) || !Object.hasOwn(source, attribute.name)) return;
  const value = source[attribute.name] ?? null;
  const part = sub ? partOf(value, sub.name) : value;
  if (extension === undefined) {
    const there = to[attribute.name];
    to[attribute.name] = sub && isObject(there) && isObject(part) ? { ...there, ...part } : part;
    return;
  }
  const holder = to[extension];
  to[extension] = { ...(isObject(holder) ? holder : {}), [attribute.name]: part };
}

const partOf = (value: Json, name: string): Json =>
  Array.isArray(value)
    ? value.map((each) => partOf(each, name))
    : isObject(value) && Object.hasOwn(value, name)
      ? { [name]: value[name] ?? null }
      : {};
