import type { BinaryRef, Item, Json, JsonObject, PairedItem } from '../../data/item.ts';
import { checkJsonLimits, MAX_PINNED_ITEMS, PARAMETER_LIMITS } from '../../graph/limits.ts';
import { asObject, numeric, own, put } from './json.ts';

const MAX_TEXT = 1_024;

/** Pinned items; entries without the `json` wrapper are taken as the json itself. Undefined when it is no list. */
export function readPins(raw: Json | undefined): Item[] | undefined {
  if (!Array.isArray(raw) || raw.length > MAX_PINNED_ITEMS) return undefined;
  const items = raw.map(readItem);
  return items.some((item) => checkJsonLimits(item.json, PARAMETER_LIMITS)) ? undefined : items;
}

/** Items as n8n writes them. `bare` leaves the wrapper out where there is nothing but json. */
export function writePins(items: readonly Item[], bare: boolean): Json[] {
  return items.map((item): JsonObject => {
    const only = item.binary === undefined && item.pairedItem === undefined && item.error === undefined;
    if (bare && only && !asObject(own(item.json, 'json'))) return item.json;
    const file: JsonObject = { json: item.json };
    if (item.binary) {
      const files: JsonObject = {};
      for (const [name, ref] of Object.entries(item.binary)) put(files, name, { ...ref });
      file.binary = files;
    }
    if (item.pairedItem !== undefined) file.pairedItem = writePair(item.pairedItem);
    if (item.error) file.error = { ...item.error };
    return file;
  });
}

function readItem(raw: Json): Item {
  const file = asObject(raw);
  const json = asObject(own(file, 'json'));
  if (!json) return { json: file ?? { data: raw } };
  const item: Item = { json };
  const binary = readBinary(own(file, 'binary'));
  if (binary) item.binary = binary;
  const pairedItem = readPair(own(file, 'pairedItem'));
  if (pairedItem !== undefined) item.pairedItem = pairedItem;
  return item;
}

/** Ids in a file belong to another system's storage: only what travels inline is taken. */
function readBinary(raw: Json | undefined): Record<string, BinaryRef> | undefined {
  const files = Object.entries(asObject(raw) ?? {}).flatMap(([name, value]): [string, BinaryRef][] => {
    const file = asObject(value);
    const mimeType = own(file, 'mimeType');
    const data = own(file, 'data');
    if (typeof mimeType !== 'string' || mimeType.length > MAX_TEXT || typeof data !== 'string') return [];
    const ref: BinaryRef = { mimeType, data };
    const [fileName, fileExtension] = [own(file, 'fileName'), own(file, 'fileExtension')];
    if (typeof fileName === 'string' && fileName.length <= MAX_TEXT) ref.fileName = fileName;
    if (typeof fileExtension === 'string' && fileExtension.length <= MAX_TEXT) ref.fileExtension = fileExtension;
    return [[name, ref]];
  });
  return files.length > 0 ? Object.fromEntries(files) : undefined;
}

function readPair(raw: Json | undefined): Item['pairedItem'] {
  if (Array.isArray(raw)) return raw.flatMap((entry) => readOnePair(entry) ?? []);
  return isIndex(raw) ? raw : readOnePair(raw);
}

function readOnePair(raw: Json | undefined): PairedItem | undefined {
  const file = asObject(raw);
  const item = isIndex(raw) ? raw : numeric(own(file, 'item'));
  if (!isIndex(item)) return undefined;
  const input = own(file, 'input');
  return isIndex(input) ? { item, input } : { item };
}

function writePair(pair: number | PairedItem | PairedItem[]): Json {
  if (Array.isArray(pair)) return pair.map((entry) => ({ ...entry }));
  return typeof pair === 'number' ? pair : { ...pair };
}

function isIndex(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
