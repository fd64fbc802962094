import type { BinaryRef, Item, Json, JsonObject, PairedItem } from '../../data/item.ts';
import { NodeError } from '../../node/kit.ts';

const ITEM_KEYS: ReadonlySet<string> = new Set(['json', 'binary', 'pairedItem', 'error', 'index']);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const wrongShape = (message: string, description: string, itemIndex?: number): NodeError =>
  new NodeError('bad-code-result', itemIndex === undefined ? message : `${message} [item ${itemIndex}]`, {
    description,
    ...(itemIndex === undefined ? {} : { itemIndex }),
  });

/** Keys that only an item has. `error` and `index` are as likely plain data. */
const MARKS = ['json', 'binary', 'pairedItem'];

/** True when the object speaks the item format itself instead of being plain data. */
const isItem = (object: JsonObject): boolean => MARKS.some((key) => Object.hasOwn(object, key));

function checkItem(object: JsonObject, index: number): Item {
  const json = own(object, 'json');
  if (!isObject(json)) {
    throw wrongShape(
      "A 'json' property isn't an object",
      "In the returned data, every key named 'json' must point to an object.",
      index,
    );
  }
  const binary = own(object, 'binary');
  if (binary !== undefined && !isObject(binary)) {
    throw wrongShape(
      "A 'binary' property isn't an object",
      "In the returned data, every key named 'binary' must point to an object.",
      index,
    );
  }
  const paired = own(object, 'pairedItem');
  const item: Item = { json };
  // SAFETY: files are references; the executor checks each when it is read.
  if (binary !== undefined && Object.keys(binary).length > 0) {
    item.binary = binary as unknown as Record<string, BinaryRef>;
  }
  const pairedItem = readPaired(paired);
  if (pairedItem !== undefined) item.pairedItem = pairedItem;
  const error = own(object, 'error');
  if (isObject(error) && typeof error['message'] === 'string') item.error = { message: error['message'] };
  else if (typeof error === 'string') item.error = { message: error };
  return item;
}

function readPaired(value: Json | undefined): Item['pairedItem'] {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) {
    return value.map(readPaired).filter((each): each is PairedItem => typeof each === 'object' && !Array.isArray(each));
  }
  if (!isObject(value) || typeof value['item'] !== 'number') return undefined;
  const input = value['input'];
  return { item: value['item'], ...(typeof input === 'number' ? { input } : {}) };
}

function checkKeys(object: JsonObject, index: number): void {
  const unknown = Object.keys(object).find((key) => !ITEM_KEYS.has(key));
  if (unknown === undefined) return;
  throw wrongShape(
    `Unknown top-level item key: ${unknown}`,
    'Access the properties of an item under `.json`, e.g. `item.json`',
    index,
  );
}

/** What code returned for all items at once. `undefined`: it returned nothing. @throws NodeError `bad-code-result`. */
export function itemsOfAll(value: Json | undefined): Item[] {
  const list = Array.isArray(value) ? value : [value];
  const objects = list.map((each, index) => {
    if (isObject(each)) return each;
    throw wrongShape(
      "Code doesn't return items properly",
      'Please return an array of objects, one for each item you would like to output.',
      Array.isArray(value) ? index : undefined,
    );
  });
  return objects.map((object, index) => {
    if (!isItem(object)) return { json: object };
    checkKeys(object, index);
    return checkItem(object, index);
  });
}

/** What code returned for one item; null drops the item. @throws NodeError `bad-code-result`. */
export function itemOfEach(value: Json | undefined, index: number): Item | null {
  if (value === null) return null;
  if (Array.isArray(value)) {
    throw wrongShape(
      "Code doesn't return a single object",
      "An array was returned. If you need to output multiple items, please use the 'Run Once for All Items' mode instead.",
      index,
    );
  }
  if (!isObject(value)) {
    const returned = value === undefined ? 'undefined' : String(value);
    throw wrongShape(
      "Code doesn't return an object",
      `Please return an object representing the output item. ('${returned}' was returned instead.)`,
      index,
    );
  }
  if (!isItem(value)) return { json: value, pairedItem: { item: index } };
  checkKeys(value, index);
  const item = checkItem(value, index);
  return { ...item, pairedItem: item.pairedItem ?? { item: index } };
}

/** What the old Function Item returned: the data of the item, whose files stay. @throws NodeError `bad-code-result`. */
export function itemOfJson({ value, binary }: { value?: Json; binary?: JsonObject }, index: number): Item {
  if (isObject(value)) {
    return checkItem({ json: value, pairedItem: { item: index }, ...(binary ? { binary } : {}) }, index);
  }
  throw wrongShape('The returned data is not an object', 'Return the data of the item, e.g. `return item;`', index);
}
