import { textOf } from '../../data/text.ts';
import type { Json, JsonObject } from '../../data/item.ts';
import { getPath, parsePath } from '../../data/path.ts';
import { type CompileKit, type NodeExecutor, NodeError, type Param, type StepContext } from '../../node/kit.ts';
import { type TransformCall, oneCallAnItem, transformNode } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';

const own = (json: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(json, name) ? json[name] : getPath(json, parsePath(name));

/** All items in one file. No items, no file. */
export function oneFile(how: { operation: Param; output: Param; options: Param; name?: string }): NodeExecutor {
  return transformNode({
    transform: 'convert-to-file',
    callsOf(step): TransformCall[] {
      if (step.items.length === 0) return [];
      const scope = step.scope(0);
      const parameters: JsonObject = {
        operation: String(how.operation.at(scope)),
        output: textOf(how.output.at(scope), 'data'),
        options: objectOf(how.options.at(scope)),
        source: step.items.map(({ json }) => json),
        from: step.items.map((_, index) => index),
        event: { name: how.name ?? 'file' },
      };
      return [{ itemIndex: 0, parameters, files: {} }];
    },
  });
}

/** A file for each item, from one of its fields or all of it. */
export function fileAnItem(how: {
  operation: Param;
  output: Param;
  options: Param;
  /** The field whose value is stored; undefined is the whole item. */
  property?: Param;
}): NodeExecutor {
  return transformNode({
    transform: 'convert-to-file',
    callsOf: oneCallAnItem((step, itemIndex, item) => {
      const scope = step.scope(itemIndex);
      const parameters: JsonObject = {
        operation: String(how.operation.at(scope)),
        output: textOf(how.output.at(scope), 'data'),
        options: objectOf(how.options.at(scope)),
        source: how.property ? valueOf(item.json, how.property.at(scope), itemIndex) : item.json,
        from: [itemIndex],
      };
      return { parameters, files: {} };
    }),
  });
}

function valueOf(json: JsonObject, name: Json | undefined, itemIndex: number): Json {
  const key = textOf(name);
  if (key === '') throw new NodeError('no-fields', 'Name the field whose value becomes the file.', { itemIndex });
  const value = own(json, key);
  if (value === undefined || value === null) {
    throw new NodeError('no-such-field', `The item has no value in "${key}".`, {
      itemIndex,
      description: 'Name the field itself, not its value: `text`, or `answer.text` for a deeper one.',
    });
  }
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** An iCalendar file for each item. */
export function eventAnItem(kit: CompileKit): NodeExecutor {
  const [title, start, end, allDay] = ['title', 'start', 'end', 'allDay'].map((name) => kit.param(name, '')) as [
    Param,
    Param,
    Param,
    Param,
  ];
  const more = kit.param('additionalFields', {});
  const output = kit.param('binaryPropertyName');
  return transformNode({
    transform: 'convert-to-file',
    callsOf: oneCallAnItem((step: StepContext, itemIndex) => {
      const scope = step.scope(itemIndex);
      const additional = objectOf(more.at(scope));
      const parameters: JsonObject = {
        operation: 'iCal',
        output: textOf(output.at(scope), 'data'),
        options: additional['fileName'] === undefined ? {} : { fileName: additional['fileName'] },
        source: null,
        from: [itemIndex],
        event: {
          title: textOf(title.at(scope)),
          start: textOf(start.at(scope)),
          end: textOf(end.at(scope)),
          allDay: allDay.at(scope) === true,
          more: additional,
          uid: `${step.stepKey}/${itemIndex}`,
        },
      };
      return { parameters, files: {} };
    }),
  });
}
