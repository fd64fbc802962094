import type { Item, JsonObject } from '../../../../core/data/item.ts';
import type { Sample } from '../sample.ts';
import { DATE_TIME, GLOBALS } from './library.ts';
import { ANY, BOOLEAN, fn, is, list, type Member, type Members, named, NUMBER, STRING, type Type } from './type.ts';

const data = (value: JsonObject): Type => ({ kind: 'data', value });
const promise = (of: Type): Type => ({ kind: 'promise', of });

const FILE = named('File', {
  fileName: is(STRING),
  mimeType: is(STRING),
  fileExtension: is(STRING),
  fileSize: is(STRING),
});

const filesOf = (item: Item | undefined): Type =>
  named('Files', Object.fromEntries(Object.keys(item?.binary ?? {}).map((name) => [name, is(FILE)])));

/** An item, known by one that was there. */
const itemType = (item: Item | undefined): Type =>
  named('Item', {
    json: is(item ? data(item.json) : ANY),
    binary: is(filesOf(item)),
    pairedItem: is(ANY),
  });

const nodeType = (item: Type, parameters: JsonObject | undefined): Type =>
  named('Node', {
    item: is(item),
    all: fn('(output?: number, run?: number)', list(item)),
    first: fn('(output?: number, run?: number)', item),
    last: fn('(output?: number, run?: number)', item),
    itemMatching: fn('(index: number)', item),
    isExecuted: is(BOOLEAN),
    params: is(parameters ? data(parameters) : ANY),
    context: is(ANY),
  });

const BUFFER = named('Buffer', { length: is(NUMBER), toString: fn("(encoding?: 'utf8' | 'base64' | 'hex')", STRING) });
const HELPERS = named('Helpers', {
  httpRequest: fn('(options: { method?, url, headers?, qs?, body?, json? })', promise(ANY)),
  getBinaryDataBuffer: fn('(itemIndex: number, property: string)', promise(BUFFER)),
  prepareBinaryData: fn('(content: Buffer | string, fileName?: string, mimeType?: string)', promise(FILE)),
  binaryToBuffer: fn('(content: Buffer)', promise(BUFFER)),
  binaryToString: fn('(content: Buffer)', promise(STRING)),
  returnJsonArray: fn('(data: object | object[])', list(itemType(undefined))),
});

/** What the code of a step reads beside the language, as data of the last run has it. */
export function contextOf(sample: Sample | undefined, index: number): Members {
  const items = sample?.inputs[0]?.items ?? [];
  const item = items[index] ?? items[0];
  const one = itemType(item);
  const all = list(one);
  const { id: workflowId = '', name: workflowName = '' } = sample?.workflow ?? {};
  const own: Record<string, Member> = {
    $input: is(
      named('Input', {
        all: fn('()', all),
        first: fn('()', one),
        last: fn('()', one),
        item: is(one),
        itemMatching: fn('(index: number)', one),
        params: is(ANY),
        context: is(ANY),
      }),
    ),
    $json: is(item ? data(item.json) : ANY),
    $binary: is(filesOf(item)),
    $itemIndex: is(NUMBER),
    $runIndex: is(NUMBER),
    items: is(all),
    item: is(one),
    $: fn('(node: string)', nodeType(ANY, undefined)),
    $now: is(DATE_TIME),
    $today: is(DATE_TIME),
    $vars: is(data(sample?.vars ?? {})),
    $workflow: is(data({ id: workflowId, name: workflowName, active: false })),
    $execution: is(
      named('Execution', {
        id: is(STRING),
        mode: is(STRING),
        customData: is(
          named('CustomData', {
            set: fn('(key: string, value: string)'),
            setAll: fn('(values: object)'),
            get: fn('(key: string)', STRING),
            getAll: fn('()'),
          }),
        ),
      }),
    ),
    $prevNode: is(named('PreviousNode', { name: is(STRING), outputIndex: is(NUMBER), runIndex: is(NUMBER) })),
    $parameter: is(data(sample?.node.parameters ?? {})),
    $getWorkflowStaticData: fn("(kind: 'global' | 'node')"),
    $jmespath: fn('(data, query: string)'),
    $if: fn('(test, yes, no)'),
    $ifEmpty: fn('(value, other)'),
    $min: fn('(...values: number[])', NUMBER),
    $max: fn('(...values: number[])', NUMBER),
    $helpers: is(HELPERS),
    helpers: is(HELPERS),
    fetch: fn('(url: string, options?: object)', promise(ANY)),
    require: fn('(name: string)'),
  };
  return new Map([...GLOBALS, ...Object.entries(own)]);
}

/** `this` in a program. */
export const SELF: Type = named('This', {
  helpers: is(HELPERS),
  getNodeParameter: fn('(name: string)'),
  getWorkflowStaticData: fn("(kind: 'global' | 'node')"),
});

/** `$('Name')`, known by what that step gave. */
export function nodeNamed(sample: Sample | undefined, name: string): Type {
  const step = sample?.steps.findLast((each) => each.node === name);
  const item = step?.outputs.find((items) => items !== null && items.length > 0)?.[0];
  return nodeType(itemType(item), sample?.nodes.find((node) => node.name === name)?.parameters);
}
