import type { Item, Json, JsonObject } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import type { HttpBody, HttpPart } from '../../http/request.ts';
import type { CompileKit, Param } from '../../node/kit.ts';
import { NodeError } from '../../node/kit.ts';
import type { Shape } from './parameters.ts';
import { isObject, rowsOf, textOf } from './parameters.ts';

type BodyMaker = (scope: Scope, item: Item | undefined, itemIndex: number) => HttpBody | undefined;

/** A parameter that holds JSON as text or is JSON already. @throws NodeError `bad-json-parameter`. */
export function jsonOf(value: Json, label: string, itemIndex: number): Json {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return {};
  try {
    return JSON.parse(value) as Json;
  } catch {
    throw new NodeError('bad-json-parameter', `The value in the "${label}" field is not valid JSON`, {
      description: value.slice(0, 200),
      itemIndex,
    });
  }
}

/** Rows to an object; a dotted name builds nested objects only where n8n does (it does not), a repeated name wins. */
function pairs(rows: Json): JsonObject {
  return Object.fromEntries(rowsOf(rows).map((row) => [textOf(row['name']), row['value'] ?? '']));
}

function formFields(value: JsonObject): [string, string][] {
  return Object.entries(value).flatMap(([name, each]): [string, string][] =>
    Array.isArray(each) ? each.map((one) => [name, textOf(one)]) : [[name, textOf(each)]],
  );
}

function fileOf(item: Item | undefined, field: string, itemIndex: number): NonNullable<Item['binary']>[string] {
  const file = item?.binary && Object.hasOwn(item.binary, field) ? item.binary[field] : undefined;
  if (file) return file;
  throw new NodeError('no-binary', `The item has no binary field '${field}' [item ${itemIndex}]`, { itemIndex });
}

function partsOf(rows: Json, item: Item | undefined, itemIndex: number): HttpPart[] {
  return rowsOf(rows).map((row) => {
    const name = textOf(row['name']);
    if (row['parameterType'] !== 'formBinaryData') return { name, value: textOf(row['value']) };
    return { name, file: fileOf(item, textOf(row['inputDataFieldName']) || 'data', itemIndex) };
  });
}

const fieldOf = (kit: CompileKit, path: string): Param<string> => kit.param<string>(path, 'data');

function modernBody(kit: CompileKit, shape: Shape): BodyMaker {
  if (kit.raw('sendBody') !== true) return () => undefined;
  const type = textOf(kit.raw('contentType') ?? 'json');
  const specify = textOf(kit.raw('specifyBody') ?? 'keypair');
  const rows = kit.param<Json>(shape.body, []);
  const json = kit.param<Json>('jsonBody', '');
  const raw = kit.param<Json>('body', '');
  const field = fieldOf(kit, 'inputDataFieldName');
  const mimeType = kit.param<string>('rawContentType', 'text/plain');
  return (scope, item, itemIndex) => {
    switch (type) {
      case 'binaryData':
        return { kind: 'file', file: fileOf(item, textOf(field.at(scope)), itemIndex) };
      case 'raw':
        return { kind: 'text', text: textOf(raw.at(scope)), mimeType: textOf(mimeType.at(scope)) || 'text/plain' };
      case 'multipart-form-data':
        return { kind: 'multipart', parts: partsOf(rows.at(scope), item, itemIndex) };
      case 'form-urlencoded':
        if (specify === 'string') {
          return { kind: 'text', text: textOf(raw.at(scope)), mimeType: 'application/x-www-form-urlencoded' };
        }
        return { kind: 'form', fields: formFields(pairs(rows.at(scope))) };
      default:
        if (specify === 'json') return { kind: 'json', value: jsonOf(json.at(scope), 'JSON Body', itemIndex) };
        return { kind: 'json', value: pairs(rows.at(scope)) };
    }
  };
}

/** Versions 1 and 2: the body type is an option, and parameters are sent only by methods that have a body. */
function oldBody(kit: CompileKit, shape: Shape): BodyMaker {
  const method = textOf(kit.raw(shape.method) ?? 'GET');
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return () => undefined;
  const type = textOf(kit.raw('options.bodyContentType') ?? 'json');
  const asJson = kit.raw('jsonParameters') === true;
  const rows = kit.param<Json>(shape.body, []);
  const json = kit.param<Json>('bodyParametersJson', '');
  const mimeType = kit.param<string>('options.bodyContentCustomMimeType', 'text/plain');
  const field = fieldOf(kit, 'binaryPropertyName');
  return (scope, item, itemIndex) => {
    if (kit.raw('sendBinaryData') === true) {
      return { kind: 'file', file: fileOf(item, textOf(field.at(scope)), itemIndex) };
    }
    if (type === 'raw') {
      return { kind: 'text', text: textOf(json.at(scope)), mimeType: textOf(mimeType.at(scope)) || 'text/plain' };
    }
    const value = asJson ? jsonOf(json.at(scope), 'Body Parameters', itemIndex) : pairs(rows.at(scope));
    if (isObject(value) && Object.keys(value).length === 0) return undefined;
    if (type === 'json' || !isObject(value)) return { kind: 'json', value };
    if (type === 'multipart-form-data') {
      return { kind: 'multipart', parts: formFields(value).map(([name, text]) => ({ name, value: text })) };
    }
    return { kind: 'form', fields: formFields(value) };
  };
}

export const compileBody = (kit: CompileKit, shape: Shape): BodyMaker =>
  shape.modern ? modernBody(kit, shape) : oldBody(kit, shape);
