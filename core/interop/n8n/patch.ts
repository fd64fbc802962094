import type { Json, JsonObject } from '../../data/item.ts';
import { asObject, own, put, sameJson } from './json.ts';

/**
 * One place where the file differed from how we would write what we read from it. On export the file's own spelling
 * comes back if our spelling there is still the same, that is, if nobody edited it since.
 */
export interface Patch {
  at: (string | number)[];
  /** What the file had; absent if nothing. */
  raw?: Json;
  /** What we write there; absent if nothing. */
  canon?: Json;
}

/** Patches come out of stored documents, which anyone may have written: no list grows by more than this. */
const MAX_FILL = 256;

/** Where `raw` differs from `canon`, at most `depth` members or elements down. */
export function diff(raw: Json | undefined, canon: Json | undefined, depth: number, at: Patch['at'] = []): Patch[] {
  if (sameJson(raw, canon)) return [];
  const [rawObject, canonObject] = [asObject(raw), asObject(canon)];
  if (depth > 0 && rawObject && canonObject) {
    const keys = new Set([...Object.keys(rawObject), ...Object.keys(canonObject)]);
    return [...keys].flatMap((key) => diff(own(rawObject, key), own(canonObject, key), depth - 1, [...at, key]));
  }
  if (depth > 0 && Array.isArray(raw) && Array.isArray(canon) && raw.length >= canon.length) {
    return raw.flatMap((entry, index) => diff(entry, canon[index], depth - 1, [...at, index]));
  }
  return [{ at, ...(raw === undefined ? {} : { raw }), ...(canon === undefined ? {} : { canon }) }];
}

/**
 * `canon` with the file's own spelling where it still fits. Changes `canon` in place; returns it, or what replaces it.
 * Members of one of `groups` mean one thing together: they come back all or none.
 */
export function restore(
  canon: Json | undefined,
  patches: readonly Patch[],
  groups: readonly (readonly string[])[] = [],
): Json | undefined {
  const [fits, broken] = [[] as Patch[], new Set<readonly string[] | undefined>()];
  for (const patch of patches) {
    if (sameJson(find(canon, patch.at), patch.canon)) fits.push(patch);
    else broken.add(groupOf(patch, groups));
  }
  let result = canon;
  for (const patch of fits) {
    const group = groupOf(patch, groups);
    if (group !== undefined && broken.has(group)) continue;
    result = patch.at.length === 0 ? patch.raw : (change(result, patch), result);
  }
  return result;
}

function groupOf(patch: Patch, groups: readonly (readonly string[])[]): readonly string[] | undefined {
  const key = patch.at[0];
  return typeof key === 'string' ? groups.find((group) => group.includes(key)) : undefined;
}

function find(value: Json | undefined, at: Patch['at']): Json | undefined {
  let found = value;
  for (const key of at) {
    if (Array.isArray(found)) found = typeof key === 'number' ? found[key] : undefined;
    else found = own(asObject(found), String(key));
  }
  return found;
}

function change(root: Json | undefined, { at, raw }: Patch): void {
  const parent = find(root, at.slice(0, -1));
  const key = at.at(-1);
  if (Array.isArray(parent)) {
    if (typeof key !== 'number' || raw === undefined || key > parent.length + MAX_FILL) return;
    while (parent.length < key) parent.push([]);
    parent[key] = raw;
    return;
  }
  const object = asObject(parent);
  if (!object || key === undefined) return;
  if (raw === undefined) delete object[String(key)];
  else put(object, String(key), raw);
}

export function patchesToJson(patches: readonly Patch[]): Json[] {
  return patches.map((patch) => ({ ...patch }));
}

/** Patches as found in a document; anything misshapen is left out. */
export function patchesOf(value: Json | undefined): Patch[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry): Patch[] => {
    const object = asObject(entry);
    const at = own(object, 'at');
    if (!object || !Array.isArray(at) || !at.every(isStep)) return [];
    const [raw, canon] = [own(object, 'raw'), own(object, 'canon')];
    return [{ at, ...(raw === undefined ? {} : { raw }), ...(canon === undefined ? {} : { canon }) }];
  });
}

function isStep(value: Json): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value) && value >= 0);
}

/** What an importer of ours left in `foreign`; `foreign` may hold other importers' keepsakes too. */
export function keepsake(foreign: JsonObject | undefined): JsonObject | undefined {
  return asObject(own(foreign, 'n8n'));
}
