import type { Item, JsonObject } from '../../data/item.ts';
import type { NodeExecutor, StepContext, Param } from '../../node/kit.ts';
import { type TransformResult, fileOf, itemsOfResult, oneCallAnItem, transformNode } from '../../node/transform.ts';

/** What of the input item an item made from its file keeps. */
type KeepSource = 'json' | 'binary' | 'both' | undefined;

/** Reads one file of each item by the transform of this folder; several nodes do. */
export function readFiles(how: {
  operation: Param;
  property: Param;
  options: Param;
  destination?: Param;
}): NodeExecutor {
  const optionsOf = (step: StepContext, itemIndex: number): JsonObject => {
    const options = how.options.at(step.scope(itemIndex));
    return typeof options === 'object' && options !== null && !Array.isArray(options) ? options : {};
  };
  return transformNode({
    transform: 'extract-from-file',
    callsOf: oneCallAnItem((step, itemIndex, item) => {
      const scope = step.scope(itemIndex);
      const parameters = {
        operation: String(how.operation.at(scope)),
        destination: String(how.destination?.at(scope) || 'data'),
        options: optionsOf(step, itemIndex),
      };
      return { parameters, files: { file: fileOf(item, how.property.at(scope), itemIndex) } };
    }),
    finish: (step, results) =>
      results.flatMap((result) => {
        if (!result.ok) return itemsOfResult(result);
        const { itemIndex } = result;
        const keep = optionsOf(step, itemIndex)['keepSource'] as KeepSource;
        return keep ? withSource(result, step.items[itemIndex], keep) : itemsOfResult(result);
      }),
  });
}

function withSource(result: TransformResult, source: Item | undefined, keep: 'json' | 'binary' | 'both'): Item[] {
  return itemsOfResult(result).map((made) => ({
    ...made,
    json: keep === 'binary' ? made.json : { ...source?.json, ...made.json },
    ...(keep !== 'json' && source?.binary ? { binary: { ...source.binary, ...made.binary } } : {}),
  }));
}
