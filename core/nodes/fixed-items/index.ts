import type { BinaryRef, Item, Json, JsonObject } from '../../data/item.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { isObject } from '../field-list.ts';

const ITEM_KEYS: ReadonlySet<string> = new Set(['json', 'binary', 'pairedItem']);

export const node: NodeType = defineNode({
  type: 'fixed-items',
  title: 'Fixed items',
  summary: 'Gives the items it holds: sample data, or a stand-in for a node that cannot run here.',
  group: 'data',
  icon: 'list',
  version: 1,
  fields: [
    {
      name: 'items',
      label: 'Items',
      type: 'json',
      default: [{}],
      required: true,
      description: 'A list of objects, or of items with `json` and `binary`. Nothing in it is an expression.',
    },
  ],
  defaults: () => ({ items: [{}] }),
  inputs: 1,
  compile(kit) {
    // As written: data never becomes code, whatever it starts with.
    const items = itemsIn(kit.raw('items'));
    return { outputs: 1, run: () => ({ kind: 'output', outputs: [items.map((item) => ({ ...item }))] }) };
  },
});

function itemsIn(raw: Json | undefined): Item[] {
  const value = typeof raw === 'string' ? parsed(raw) : raw;
  const list = Array.isArray(value) ? value : [value];
  return list.map((entry, index) => {
    if (!isObject(entry)) throw notItems(`Entry ${index} is no object.`);
    const isItem = isObject(entry.json) && Object.keys(entry).every((key) => ITEM_KEYS.has(key));
    return isItem ? itemOf(entry) : { json: entry };
  });
}

function itemOf(entry: JsonObject): Item {
  const item: Item = { json: entry.json as JsonObject };
  const files = isObject(entry.binary) ? Object.entries(entry.binary).flatMap(fileOf) : [];
  if (files.length > 0) item.binary = Object.fromEntries(files);
  return item;
}

/** Only files that lie here themselves: an id in a document could be anybody's. */
function fileOf([name, file]: [string, Json]): [string, BinaryRef][] {
  if (!isObject(file) || typeof file.data !== 'string' || typeof file.mimeType !== 'string') return [];
  const ref: BinaryRef = { mimeType: file.mimeType, data: file.data };
  if (typeof file.fileName === 'string') ref.fileName = file.fileName;
  if (typeof file.fileExtension === 'string') ref.fileExtension = file.fileExtension;
  return [[name, ref]];
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw notItems('The text is no JSON.');
  }
}

const notItems = (message: string): NodeError =>
  new NodeError('bad-items', message, { description: 'Write a list of objects, for example [{"id": 1}].' });
