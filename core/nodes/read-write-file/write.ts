import type { CompileKit, NodeExecutor } from '../../node/kit.ts';
import { fileOf } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';
import { filesNode } from './files-effect.ts';
import { pathGiven } from './read.ts';

/** Stores a file of each item; the items go on. */
export function writeExecutor(kit: CompileKit): NodeExecutor {
  const [fileName, property, options] = [
    kit.param('fileName', ''),
    kit.param('dataPropertyName'),
    kit.param('options', {}),
  ];
  const mayAppend = kit.raw('options.append') !== undefined && kit.raw('options.append') !== false;
  return filesNode({
    // The same file twice is the same file, but the same text appended twice is not.
    class: mayAppend ? 'unsafe' : 'idempotent',
    callOf: (step, itemIndex, item) => {
      const scope = step.scope(itemIndex);
      return {
        op: 'write',
        itemIndex,
        path: pathGiven(fileName.at(scope), itemIndex),
        file: fileOf(item, property.at(scope), itemIndex),
        append: objectOf(options.at(scope))['append'] === true,
      };
    },
    itemsOf: (step, { itemIndex }) => {
      const item = step.items[itemIndex];
      const json = { ...item?.json, fileName: String(fileName.at(step.scope(itemIndex))) };
      return [{ json, ...(item?.binary ? { binary: item.binary } : {}), pairedItem: { item: itemIndex } }];
    },
  });
}
