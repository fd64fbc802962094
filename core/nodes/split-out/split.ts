import type { Item, Json, JsonObject } from '../../data/item.ts';
import { deletePath, fieldPath, fieldReader, putOwn } from '../../data/path.ts';
import { NodeError } from '../../node/kit.ts';
import { isObject } from '../field-list.ts';

/** What to do with a field that is not there or is no list. */
export type Missing = 'skip' | 'refuse';

interface SplitOptions {
  fields: readonly string[];
  /** Names for the elements, by position of the field. */
  targets: readonly string[];
  include: string;
  included: readonly string[];
  dotted: boolean;
  keepsBinary: boolean;
  missing: Missing;
}

/** One item per element. Several fields are split side by side; the shorter ones end early. */
export function splitItem(item: Item, index: number, options: SplitOptions): Item[] {
  const { fields } = options;
  if (fields.length === 0) throw new NodeError('no-fields', 'Name the field to split out.', { itemIndex: index });
  const lists = fields.map((field) => elementsOf(item, field, { ...options, index }));
  const rest = othersOf(item, options);
  const spreads = fields.length === 1 && options.include === 'noOtherFields' && options.targets.length === 0;
  const count = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: count }, (_, at) => {
    const json: JsonObject = { ...rest };
    for (const [position, list] of lists.entries()) {
      if (at >= list.length) continue;
      const element = list[at] as Json;
      if (spreads && isObject(element)) Object.assign(json, element);
      else putOwn(json, options.targets[position] ?? (fields[position] as string), element);
    }
    const made: Item = { json, pairedItem: index };
    if (options.keepsBinary && item.binary) made.binary = item.binary;
    return made;
  });
}

function elementsOf(item: Item, field: string, options: SplitOptions & { index: number }): Json[] {
  if (field === '$binary') {
    return Object.entries(item.binary ?? {}).map(([name, file]) => ({ [name]: { ...file } }) as Json);
  }
  const value = fieldReader(field, options.dotted)(item.json);
  if (Array.isArray(value)) return value;
  if (isObject(value)) return Object.values(value);
  const { missing, index } = options;
  if (value === undefined) {
    if (missing === 'skip') return [];
    throw new NodeError('no-such-field', `The item has no field '${field}' to split out [item ${index}]`, {
      itemIndex: index,
    });
  }
  if (missing === 'refuse') {
    throw new NodeError('not-a-list', `The field '${field}' is not a list [item ${index}]`, { itemIndex: index });
  }
  return [value];
}

function othersOf(item: Item, { include, included, fields, dotted }: SplitOptions): JsonObject {
  const rest: JsonObject = {};
  if (include === 'selectedOtherFields') {
    for (const name of included) {
      const value = fieldReader(name, dotted)(item.json);
      if (value !== undefined) putOwn(rest, name, value);
    }
  } else if (include === 'allOtherFields') {
    const copy = { ...item.json };
    for (const field of fields) deletePath(copy, fieldPath(field, dotted)(copy));
    return copy;
  }
  return rest;
}
