import { isBlank } from '../../data/canonical.ts';
import type { Item, Json, JsonObject, PairedItem } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import type { CompileKit } from '../../node/kit.ts';
import { objectOf } from '../field-list.ts';

/** One item of a combination and where it came from. */
export interface Part {
  item: Item;
  index: number;
  input: number;
}

/** Makes one item of several. */
export type Combine = (parts: readonly Part[]) => Item;

/**
 * Reads `options.clashHandling.values`. Without it the last input wins, or `preferred` (0-based). With `addSuffix`
 * every field is kept under its name and the number of its input.
 */
export function compileClash(kit: CompileKit, preferred?: number): Combine {
  const values = objectOf(kit.raw('options.clashHandling.values'));
  if (values.resolveClash === 'addSuffix') return (parts) => combined(parts, suffixed(parts));
  const named = /^preferInput(\d+)$/.exec(String(values.resolveClash ?? ''))?.[1];
  const winner = named !== undefined ? Number(named) - 1 : values.resolveClash === 'preferLast' ? undefined : preferred;
  const merge: Merge = {
    deep: values.mergeMode !== 'shallowMerge',
    keepsFilled: values.overrideEmpty === true,
  };
  return (parts) => {
    const ordered = winner === undefined ? parts : winsLast(parts, winner);
    return combined(
      ordered,
      ordered.map(({ item }) => item.json).reduce((base, json) => mergeObjects(base, json, merge), {}),
    );
  };
}

const winsLast = (parts: readonly Part[], winner: number): Part[] =>
  parts.toSorted((left, right) => Number(left.input === winner) - Number(right.input === winner));

function combined(parts: readonly Part[], json: JsonObject): Item {
  const made: Item = { json, pairedItem: linksOf(parts) };
  const binaries = parts.flatMap(({ item }) => (item.binary ? [item.binary] : []));
  // Plain, whatever its names: RPC refuses an object without a prototype.
  if (binaries.length > 0) made.binary = Object.fromEntries(binaries.flatMap((binary) => Object.entries(binary)));
  return made;
}

export const linksOf = (parts: readonly Part[]): PairedItem[] =>
  parts.map(({ index, input }) => ({ item: index, input })).toSorted((left, right) => left.input - right.input);

export function suffixed(parts: readonly Part[]): JsonObject {
  const json: JsonObject = {};
  for (const { item, input } of parts) {
    for (const key of Object.keys(item.json)) putOwn(json, `${key}_${input + 1}`, item.json[key] as Json);
  }
  return json;
}

interface Merge {
  deep: boolean;
  /** A blank value does not replace one that is there. */
  keepsFilled: boolean;
}

function mergeObjects(base: JsonObject, over: JsonObject, how: Merge): JsonObject {
  const made = { ...base };
  for (const key of Object.keys(over)) {
    const before = Object.hasOwn(made, key) ? made[key] : undefined;
    putOwn(made, key, mergeValues(before, over[key] as Json, how));
  }
  return made;
}

function mergeValues(before: Json | undefined, over: Json, how: Merge): Json {
  if (how.keepsFilled && isBlank(over) && before !== undefined) return before;
  if (!how.deep || typeof before !== 'object' || before === null || typeof over !== 'object' || over === null) {
    return over;
  }
  if (Array.isArray(before) !== Array.isArray(over)) return over;
  if (!Array.isArray(before) || !Array.isArray(over)) {
    return mergeObjects(before as JsonObject, over as JsonObject, how);
  }
  const length = Math.max(before.length, over.length);
  return Array.from({ length }, (_, index) =>
    index < over.length ? mergeValues(before[index], over[index] as Json, how) : (before[index] as Json),
  );
}
