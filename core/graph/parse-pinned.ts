import type { BinaryRef, Item, ItemError, PairedItem } from '../data/item.ts';
import type { Workflow } from './document.ts';
import { Fields, present } from './fields.ts';
import { isPlainObject, MAX_PINNED_ITEMS, PARAMETER_LIMITS } from './limits.ts';
import { type ProblemList, pointer } from './problem.ts';

const PIN_MEMBERS: ReadonlySet<string> = new Set(['node', 'items']);
const ITEM_MEMBERS: ReadonlySet<string> = new Set(['json', 'binary', 'pairedItem', 'error']);
const PAIR_MEMBERS: ReadonlySet<string> = new Set(['item', 'input', 'run']);
const ERROR_MEMBERS: ReadonlySet<string> = new Set(['message', 'code', 'description']);
const BINARY_MEMBERS: ReadonlySet<string> = new Set([
  'mimeType', 'id', 'data', 'fileName', 'fileExtension', 'sizeBytes',
]); // prettier-ignore
const INDEX = { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true };

export function parsePin(value: unknown, path: string, problems: ProblemList): Workflow['pinned'][number] | undefined {
  const fields = Fields.of(value, path, problems, PIN_MEMBERS);
  if (!fields) return undefined;
  const node = fields.name('node', 'The node id of the pinned data');
  const list = fields.list('items', MAX_PINNED_ITEMS);
  if (fields.raw('items') === undefined) fields.required('items', 'The pinned items are missing.');
  const items = list?.flatMap((item, index) => parseItem(item, `${path}/items/${index}`, problems) ?? []);
  return node === undefined || !items ? undefined : { node, items };
}

/** One item as people or other systems hand it in. */
function parseItem(value: unknown, path: string, problems: ProblemList): Item | undefined {
  const fields = Fields.of(value, path, problems, ITEM_MEMBERS);
  if (!fields) return undefined;
  const json = fields.json('json', PARAMETER_LIMITS);
  if (fields.raw('json') === undefined) fields.required('json', 'The item has no json.');
  const optional = present({
    binary: parseBinaries(fields.raw('binary'), pointer(path, 'binary'), problems),
    pairedItem: parsePairs(fields.raw('pairedItem'), pointer(path, 'pairedItem'), problems),
    error: parseError(fields.raw('error'), pointer(path, 'error'), problems),
  });
  return json === undefined ? undefined : { json, ...optional };
}

function parseBinaries(value: unknown, path: string, problems: ProblemList): Record<string, BinaryRef> | undefined {
  if (value === undefined) return undefined;
  if (!isPlainObject(value)) {
    problems.error(path, 'not-an-object', 'Expected an object of files by name.');
    return undefined;
  }
  // fromEntries defines own properties: a file named __proto__ stays a file
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, file]): [string, BinaryRef][] => {
      const fields = Fields.of(file, pointer(path, name), problems, BINARY_MEMBERS);
      if (!fields) return [];
      const mimeType = fields.text('mimeType');
      if (fields.raw('mimeType') === undefined) fields.required('mimeType', 'The MIME type is missing.');
      const optional = present({
        id: fields.text('id'),
        data: fields.text('data', PARAMETER_LIMITS.maxStringLength),
        fileName: fields.text('fileName'),
        fileExtension: fields.text('fileExtension'),
        sizeBytes: fields.number('sizeBytes', INDEX),
      });
      return mimeType === undefined ? [] : [[name, { mimeType, ...optional }]];
    }),
  );
}

function parsePairs(value: unknown, path: string, problems: ProblemList): Item['pairedItem'] {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) => parsePair(entry, `${path}/${index}`, problems) ?? []);
  }
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  return parsePair(value, path, problems);
}

function parsePair(value: unknown, path: string, problems: ProblemList): PairedItem | undefined {
  const fields = Fields.of(value, path, problems, PAIR_MEMBERS);
  if (!fields) return undefined;
  const item = fields.number('item', INDEX);
  if (fields.raw('item') === undefined) fields.required('item', 'The item index is missing.');
  const optional = present({ input: fields.number('input', INDEX), run: fields.number('run', INDEX) });
  return item === undefined ? undefined : { item, ...optional };
}

function parseError(value: unknown, path: string, problems: ProblemList): ItemError | undefined {
  if (value === undefined) return undefined;
  const fields = Fields.of(value, path, problems, ERROR_MEMBERS);
  if (!fields) return undefined;
  const message = fields.text('message', PARAMETER_LIMITS.maxStringLength);
  if (fields.raw('message') === undefined) fields.required('message', 'The message is missing.');
  const optional = present({ code: fields.text('code'), description: fields.text('description', 100_000) });
  return message === undefined ? undefined : { message, ...optional };
}
