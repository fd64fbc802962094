import type { BinaryRef, Item, Json, JsonObject } from '../../data/item.ts';
import { parsePath, setPath } from '../../data/path.ts';
import { type CompileKit, type NodeExecutor, NodeError } from '../../node/kit.ts';
import { type TransformResult, itemsOfResult, transformNode } from '../../node/transform.ts';
import { isObject, objectOf } from '../field-list.ts';

/** Items without the file are left out, as in n8n. */
export function binaryToJson(kit: CompileKit): NodeExecutor {
  const [source, destination] = [kit.param('sourceKey'), kit.param('destinationKey')];
  const [options, setAll] = [kit.param('options'), kit.param('setAllData')];
  const fileIn = (item: Item | undefined, name: Json): BinaryRef | undefined =>
    item?.binary && Object.hasOwn(item.binary, String(name)) ? item.binary[String(name)] : undefined;
  return transformNode({
    transform: 'extract-from-file',
    callsOf: (step) =>
      step.items.flatMap((item, itemIndex) => {
        const scope = step.scope(itemIndex);
        const file = fileIn(item, source.at(scope));
        if (!file) return [];
        const how = objectOf(options.at(scope));
        const isJson = setAll.at(scope) !== false || (how['jsonParse'] === true && how['keepAsBase64'] !== true);
        const operation = isJson ? 'fromJson' : how['keepAsBase64'] === true ? 'binaryToPropery' : 'text';
        return [{ itemIndex, parameters: { operation, destination: 'value', options: how }, files: { file } }];
      }),
    finish: (step, results) =>
      results.flatMap((result): Item[] => {
        const { itemIndex } = result;
        const scope = step.scope(itemIndex);
        const item = step.items[itemIndex];
        if (!result.ok || !item) return itemsOfResult(result);
        const value = valueOf(result);
        const isWhole = setAll.at(scope) !== false;
        if (isWhole && !isObject(value)) {
          const error = noObject(itemIndex);
          if (!step.continueOnFail) throw error;
          return itemsOfResult({ ok: false, itemIndex, error: { code: error.code, message: error.message } });
        }
        const keep = objectOf(options.at(scope))['keepSource'] === true;
        const binary = keep ? item.binary : without(item.binary, String(source.at(scope)));
        const json = isWhole && isObject(value) ? value : placed(item.json, String(destination.at(scope)), value);
        return [{ json, ...(binary ? { binary } : {}), pairedItem: { item: itemIndex } }];
      }),
  });
}

const valueOf = (result: TransformResult & { ok: true }): Json => result.items[0]?.json['value'] ?? null;

const noObject = (itemIndex: number): NodeError =>
  new NodeError('bad-json', 'The file holds JSON that is no object.', {
    itemIndex,
    description: 'Turn off "Replace the whole item" to put it into a field.',
  });

function placed(json: JsonObject, name: string, value: Json): JsonObject {
  const copy = { ...json };
  setPath(copy, parsePath(name), value);
  return copy;
}

function without(binary: Item['binary'], name: string): Item['binary'] {
  const rest = Object.entries(binary ?? {}).filter(([key]) => key !== name);
  return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}
