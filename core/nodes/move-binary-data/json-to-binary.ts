import type { Item, Json, JsonObject } from '../../data/item.ts';
import { getPath, parsePath, setPath } from '../../data/path.ts';
import type { CompileKit, NodeExecutor } from '../../node/kit.ts';
import { itemsOfResult, transformNode } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';

/** Items without the field are left out, as in n8n. */
export function jsonToBinary(kit: CompileKit): NodeExecutor {
  const [source, destination] = [kit.param('sourceKey'), kit.param('destinationKey')];
  const [options, convertAll] = [kit.param('options'), kit.param('convertAllData')];
  return transformNode({
    transform: 'convert-to-file',
    callsOf: (step) =>
      step.items.flatMap((item, itemIndex) => {
        const scope = step.scope(itemIndex);
        const all = convertAll.at(scope) !== false;
        const value = all ? item.json : getPath(item.json, parsePath(String(source.at(scope))));
        if (value === undefined) return [];
        const given = objectOf(options.at(scope));
        const isBase64 = !all && given['dataIsBase64'] === true;
        const isRaw = given['useRawData'] === true && typeof value !== 'object';
        const text: Json = isBase64 || isRaw ? String(value) : value;
        const parameters: JsonObject = {
          operation: isBase64 ? 'toBinary' : isRaw ? 'toText' : 'toJson',
          output: String(destination.at(scope) || 'data'),
          options: { ...(isBase64 || isRaw ? {} : { mimeType: 'application/json' }), ...given },
          source: text,
          from: [itemIndex],
        };
        return [{ itemIndex, parameters, files: {} }];
      }),
    finish: (step, results) =>
      results.flatMap((result): Item[] => {
        const item = step.items[result.itemIndex];
        if (!result.ok || !item) return itemsOfResult(result);
        const scope = step.scope(result.itemIndex);
        const keep = objectOf(options.at(scope))['keepSource'] === true;
        const all = convertAll.at(scope) !== false;
        const json = keep ? item.json : all ? {} : without(item.json, parsePath(String(source.at(scope))));
        return itemsOfResult(result).map((made) => ({ ...made, json, binary: { ...item.binary, ...made.binary } }));
      }),
  });
}

function without(json: JsonObject, path: readonly string[]): JsonObject {
  const last = path.at(-1) ?? '';
  const parent = getPath(json, path.slice(0, -1));
  if (typeof parent !== 'object' || parent === null || Array.isArray(parent)) return json;
  const rest = Object.fromEntries(Object.entries(parent).filter(([key]) => key !== last));
  if (path.length === 1) return rest;
  const copy = { ...json };
  setPath(copy, path.slice(0, -1), rest);
  return copy;
}
